// The panels beside the transcript: chapters, problems, clips, texts, changes.

import { byId, button, el } from "./dom.js";
import { diffView } from "./diff.js";
import { clock, fineClock, length } from "./times.js";

const empty = (text) => el("p", { className: "empty" }, text);

/** Fill a panel; the focus stays on the button that stands where the one with it stood. */
function panel(id, ...children) {
  const box = byId(id);
  const at = [...box.querySelectorAll("button")].indexOf(document.activeElement);
  box.replaceChildren(...children.flat().filter((child) => child !== null));
  if (at >= 0) box.querySelectorAll("button")[at]?.focus({ preventScroll: true });
}

export function renderChapters(view, page) {
  const rows = view.chapters.map((chapter) => {
    const entry = { index: chapter.index, header: chapter.title, start_ms: chapter.start_ms };
    const at = el("span", { className: "nudge", role: "group", "aria-label": `Start of ${chapter.title}` }, [
      button("−", () => page.nudge(chapter, -100), { "aria-label": "100 ms earlier", title: "100 ms earlier (,)", disabled: chapter.start_ms === 0 }),
      button(fineClock(chapter.start_ms), () => page.hear(chapter.start_ms), { className: "at", "aria-label": `Play from ${fineClock(chapter.start_ms)}` }),
      button("+", () => page.nudge(chapter, 100), { "aria-label": "100 ms later", title: "100 ms later (.)", disabled: chapter.start_ms === 0 }),
    ]);
    return el(
      "li",
      { className: "chapter", "data-index": chapter.index },
      at,
      el("div", { className: "grow" }, [
        button(chapter.title, () => page.pick(chapter, true), { className: "plain" }),
        el("p", { className: "fact" }, [
          length(chapter.end_ms - chapter.start_ms),
          chapter.estimated ? el("span", { className: "tag" }, "estimated") : null,
        ]),
      ]),
      el("span", { className: "row-tools" }, [
        button("Rename", () => page.renameHeader(entry)),
        button("Delete", () => page.deleteHeader(entry)),
      ]),
    );
  });
  const none = empty("No chapters yet: put a header where a part begins.");
  panel("chapters", el("h2", {}, "Chapters"), rows.length ? el("ol", { className: "cards" }, rows) : none);
}

export function markChapter(index) {
  for (const item of byId("chapters").querySelectorAll(".chapter")) {
    item.classList.toggle("now", Number(item.dataset.index) === index);
  }
}

export function problemItem(problem, show) {
  const place = problem.line ? `${problem.path}:${problem.line}` : problem.path;
  return el(
    "li",
    { className: `problem ${problem.severity}` },
    el("p", { className: "problem-head" }, [
      el("span", { className: "severity" }, problem.severity),
      el("code", {}, problem.code),
      show ? button(place.split("/").pop(), show, { className: "plain place", title: place }) : el("span", { className: "place", title: place }, place.split("/").pop()),
    ]),
    el("p", {}, problem.message),
    problem.text ? el("pre", { className: "source" }, problem.text.trim()) : null,
    problem.hint ? el("p", { className: "hint" }, problem.hint) : null,
  );
}

export function renderProblems(view, page) {
  const order = { error: 0, warning: 1, advice: 2 };
  const sorted = [...view.problems].sort((a, b) => order[a.severity] - order[b.severity]);
  const items = sorted.map((each) => problemItem(each, each.entry === null || each.entry === undefined ? null : () => page.showEntry(each.entry)));
  const tab = byId("tab-problems");
  tab.replaceChildren("Problems", items.length ? el("span", { className: "count" }, ` ${items.length}`) : "");
  panel("problems", el("h2", {}, "Problems"), items.length ? el("ol", { className: "problem-list" }, items) : empty("Nothing to mend."));
}

export function renderClips(view, page) {
  const item = (clip, extra) =>
    el("li", { className: "clip" }, [
      el("div", { className: "grow" }, [
        el("p", { className: "clip-title" }, clip.title),
        clip.quote && clip.quote !== clip.title ? el("p", { className: "quote" }, clip.quote) : null,
        clip.start_ms === null ? null : el("p", { className: "fact" }, `${clock(clip.start_ms)} – ${clock(clip.end_ms)}, ${length(clip.end_ms - clip.start_ms)}`),
      ]),
      el("span", { className: "row-tools" }, [clip.start_ms === null ? null : button("Play", () => page.hear(clip.start_ms, clip.end_ms)), extra]),
    ]);
  const marked = view.clips.map((clip) => item(clip, button("Delete", () => page.deleteClip(clip))));
  const chapters = view.chapters.map((chapter) => item({ ...chapter, quote: "" }, null));
  panel(
    "clips",
    el("h2", {}, "Marked clips"),
    marked.length ? el("ol", { className: "cards" }, marked) : empty("Select words in the transcript, and mark them as a clip."),
    el("h2", {}, "A clip for each chapter"),
    el("ol", { className: "cards" }, chapters),
  );
}

export function renderTexts(found, view, page) {
  const texts = found.texts.map(({ name, text }) => {
    const copy = button("Copy", async () => page.copy(text, name), { "aria-label": `Copy ${name}` });
    return el("section", { className: "text-card" }, [
      el("p", { className: "text-head" }, [el("h3", {}, name), el("span", { className: "fact" }, `${new Blob([text]).size.toLocaleString("en")} bytes`), copy]),
      el("pre", { tabIndex: 0, "aria-label": name }, text),
    ]);
  });
  const link = view.page ? el("a", { href: view.page, target: "_blank", rel: "noopener" }, "The page of the last build") : null;
  panel(
    "texts",
    el("h2", {}, "Texts"),
    link ? el("p", {}, link) : null,
    found.problems.length ? el("ol", { className: "problem-list" }, found.problems.map((each) => problemItem(each, null))) : null,
    texts,
  );
}

export function renderChanges(changes) {
  const items = changes.map(({ label, diff, at }) =>
    el("li", {}, el("details", { open: changes[0].at === at }, el("summary", {}, label, el("span", { className: "fact" }, ` ${new Date(at).toLocaleTimeString()}`)), diffView(diff))),
  );
  panel("changes", el("h2", {}, "Changes made here"), items.length ? el("ol", { className: "cards" }, items) : empty("Nothing was changed yet."));
}
