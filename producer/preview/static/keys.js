// The keyboard: one table, which the help dialog shows as well.

import { byId, el, isTyping } from "./dom.js";

const STORED = "producer-preview-keys";

/** Keys by what they do. `letter` keys can be switched off (WCAG 2.1.4). */
export function startKeys(page) {
  const table = [
    { keys: ["Space"], does: "play, pause", run: () => page.player.toggle(), letter: false },
    { keys: ["←"], match: "ArrowLeft", does: "back 3 seconds", run: () => page.skip(-3000) },
    { keys: ["→"], match: "ArrowRight", does: "on 3 seconds", run: () => page.skip(3000) },
    { keys: ["K"], does: "previous line", run: () => page.stepLine(-1), letter: true },
    { keys: ["J"], does: "next line", run: () => page.stepLine(1), letter: true },
    { keys: ["Shift", "K"], does: "previous chapter", run: () => page.stepChapter(-1), letter: true },
    { keys: ["Shift", "J"], does: "next chapter", run: () => page.stepChapter(1), letter: true },
    { keys: [","], does: "the chosen boundary 100 ms earlier", run: () => page.nudgePicked(-100), letter: true },
    { keys: ["."], does: "the chosen boundary 100 ms later", run: () => page.nudgePicked(100), letter: true },
    { keys: ["E"], does: "correct the line that is heard", run: () => page.editCurrent(), letter: true },
    { keys: ["H"], does: "a chapter before the line that is heard", run: () => page.addHeaderAtCurrent(), letter: true },
    { keys: ["Ctrl", "Z"], does: "undo", run: () => page.undo() },
    { keys: ["Ctrl", "Shift", "Z"], does: "redo", run: () => page.redo() },
    { keys: ["?"], does: "this help", run: () => byId("help-dialog").showModal(), letter: true },
  ];
  const rows = table.map(({ keys, does }) => el("tr", {}, el("td", {}, keys.flatMap((key, at) => [at ? " " : "", el("kbd", {}, key)])), el("td", {}, does)));
  byId("keys").replaceChildren(...rows);
  const lettersOn = byId("keys-on");
  lettersOn.checked = localStorage.getItem(STORED) !== "off";
  lettersOn.addEventListener("change", () => localStorage.setItem(STORED, lettersOn.checked ? "on" : "off"));

  const names = (event) => {
    const isLetter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
    const parts = [];
    if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
    if (event.shiftKey && (isLetter || event.key.length > 1)) parts.push("Shift");
    parts.push(event.key === " " ? "Space" : isLetter ? event.key.toUpperCase() : event.key);
    return parts.join(" ");
  };
  const byName = new Map(table.map((each) => [each.match ?? each.keys.join(" "), each]));
  byName.set("Ctrl Y", byName.get("Ctrl Shift Z"));

  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]") || isTyping(event.target)) return;
    const found = byName.get(names(event));
    if (!found || !page.view || (found.letter && !lettersOn.checked)) return;
    const own = event.target.closest?.("button, a, summary, input");
    // A focused button keeps its own key, a slider its arrows.
    if ((event.key === " " && own) || (event.key.startsWith("Arrow") && event.target.closest?.("input, [role=tab], [role=slider]"))) return;
    event.preventDefault();
    found.run();
  });
}
