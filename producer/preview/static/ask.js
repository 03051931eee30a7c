// A question with one line for an answer.

import { byId } from "./dom.js";

/** The text that was entered, or null. */
export function ask(title, { label, value = "", text = "", ok = "Save", list = "" }) {
  const dialog = byId("ask-dialog");
  const input = byId("ask-input");
  byId("ask-title").textContent = title;
  byId("ask-label").textContent = label;
  byId("ask-ok").textContent = ok;
  const quote = byId("ask-text");
  quote.textContent = text;
  quote.hidden = !text;
  if (list) input.setAttribute("list", list);
  else input.removeAttribute("list");
  input.value = value;
  dialog.returnValue = "";
  dialog.showModal();
  input.select();
  return new Promise((resolve) => {
    const cancel = () => dialog.close("");
    byId("ask-cancel").addEventListener("click", cancel, { once: true });
    const save = (event) => {
      event.preventDefault();
      dialog.close("save");
    };
    byId("ask-form").addEventListener("submit", save);
    dialog.addEventListener(
      "close",
      () => {
        byId("ask-cancel").removeEventListener("click", cancel);
        byId("ask-form").removeEventListener("submit", save);
        resolve(dialog.returnValue === "save" ? input.value.trim() : null);
      },
      { once: true },
    );
  });
}
