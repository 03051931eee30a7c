// The list of episodes.

import { byId, el } from "./dom.js";
import { problemItem } from "./side.js";
import { clock } from "./times.js";

const rows = new Map();

function badges(row) {
  const of = row.counts ?? {};
  const names = { error: ["error", "errors"], warning: ["warning", "warnings"], advice: ["advice", "advice"] };
  const shown = Object.keys(names).filter((each) => of[each]);
  if (row.why && !shown.length) return [el("span", { className: "badge error" }, "!")];
  return shown.map((each) => {
    const word = names[each][of[each] === 1 ? 0 : 1];
    return el("span", { className: `badge ${each}`, title: `${of[each]} ${word}` }, String(of[each]), el("span", { className: "unseen" }, ` ${word}`));
  });
}

function item(row) {
  const facts = [row.date, row.duration_ms ? `${row.is_estimate ? "about " : ""}${clock(row.duration_ms)}` : "", row.has_audio === false ? "no sound" : ""].filter(Boolean);
  const link = el(
    "a",
    { href: `#/${encodeURIComponent(row.slug)}` },
    el("span", { className: "episode-title" }, row.title ?? row.slug),
    el("span", { className: "episode-facts" }, el("span", {}, row.title ? facts.join(" · ") || row.why || "" : "looking…"), el("span", { className: "badges" }, badges(row))),
  );
  return el("li", {}, link);
}

function place(row) {
  const node = item(row);
  rows.get(row.slug)?.replaceWith(node);
  rows.set(row.slug, node);
  node.search = `${row.slug} ${row.title ?? ""}`.toLowerCase();
  return node;
}

/** Show all episodes. */
export function renderList(show) {
  rows.clear();
  byId("episode-list").replaceChildren(...show.episodes.map(place));
  const problems = byId("show-problems");
  problems.hidden = !show.problems.length;
  problems.querySelector("ol").replaceChildren(...show.problems.map((each) => problemItem(each, null)));
  filter();
  markCurrent();
}

/** Show what is known of one now; false if it was not in the list. */
export function updateRow(row) {
  if (!rows.has(row.slug)) return false;
  place(row);
  filter();
  markCurrent();
  return true;
}

let current = "";

export function markCurrent(slug = current) {
  current = slug;
  for (const [each, node] of rows) {
    if (each === slug) node.firstElementChild.setAttribute("aria-current", "page");
    else node.firstElementChild.removeAttribute("aria-current");
  }
}

function filter() {
  const words = byId("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const node of rows.values()) node.hidden = !words.every((word) => node.search.includes(word));
}

export function startList() {
  byId("filter").addEventListener("input", filter);
}
