// A unified diff, coloured by its first characters.

import { el } from "./dom.js";

const kinds = { "+": "added", "-": "removed", "@": "place" };

/** The lines that changed, with those around them; the names of the file are left out. */
export function diffView(text) {
  const lines = text.split("\n").filter((line) => line && !line.startsWith("--- ") && !line.startsWith("+++ "));
  return el(
    "pre",
    { className: "diff", tabIndex: 0, "aria-label": "Changed lines" },
    lines.map((line) => el("span", { className: kinds[line[0]] ?? "" }, `${line}\n`)),
  );
}

/** Only the lines that changed, for a short notice. */
export function shortDiff(text) {
  const changed = text.split("\n").filter((line) => /^[-+](?![-+]{2} )/.test(line)).slice(0, 6);
  return el("pre", { className: "diff" }, changed.map((line) => el("span", { className: kinds[line[0]] }, `${line}\n`)));
}
