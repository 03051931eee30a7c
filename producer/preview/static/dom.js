// Elements from data. Strings become text, never markup.

export const byId = (id) => document.getElementById(id);

/** An element with properties, `data-` and `aria-` attributes by their names, and children. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.includes("-") || key === "role" || key === "for") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button with a text; `run` is called when it is pressed. */
export function button(text, run, properties = {}) {
  const made = el("button", { type: "button", ...properties }, text);
  made.addEventListener("click", run);
  return made;
}

/** Whether keys that are typed now go into a field. */
export function isTyping(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]") !== null;
}
