// Short messages at the foot of the page, read out by screen readers.

import { byId, button, el } from "./dom.js";

const STAYS_MS = 9000;
const MOST = 3;

/** Show a message; `tone` is "", "error" or "done". Returns what takes it away. */
export function notify(message, { hint = "", tone = "", body = null, actions = [] } = {}) {
  const box = byId("notices");
  const notice = el("div", { className: `notice ${tone}` });
  let timer = 0;
  const close = () => {
    clearTimeout(timer);
    notice.remove();
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(close, tone === "error" ? STAYS_MS * 2 : STAYS_MS);
  };
  notice.append(
    el("div", { className: "notice-head" }, el("p", {}, message), button("×", close, { className: "close", "aria-label": "Close" })),
  );
  if (hint) notice.append(el("p", { className: "hint" }, hint));
  if (body) notice.append(body);
  if (actions.length) {
    const pressed = (run) => () => {
      close();
      run();
    };
    notice.append(el("p", { className: "actions" }, actions.map(([text, run]) => button(text, pressed(run)))));
  }
  notice.addEventListener("pointerenter", () => clearTimeout(timer));
  notice.addEventListener("pointerleave", wait);
  notice.addEventListener("focusin", () => clearTimeout(timer));
  box.append(notice);
  while (box.children.length > MOST) box.firstElementChild.remove();
  wait();
  return close;
}

/** A refusal as the server words it. */
export const complain = (error) => notify(error.message, { hint: error.hint ?? "", tone: "error" });
