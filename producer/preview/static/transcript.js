// The transcript: thousands of lines, one listener for all of them, and only what changed redrawn.

import { byId, button, el } from "./dom.js";
import { clock, fineClock, lastAtOrBefore } from "./times.js";

const SCROLL_REST_MS = 4000;
const MOST_SPEAKER_COLOURS = 6;

export class Transcript {
  /** `page` has what the buttons do: see `Episode`. */
  constructor(page) {
    this.page = page;
    this.root = byId("transcript");
    this.rows = [];
    this.starts = [];
    this.lines = [];
    this.now = null;
    this.scrolledAt = 0;
    this.tools = this.makeTools();
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("dblclick", (event) => this.doubleClicked(event));
    this.root.addEventListener("pointermove", (event) => {
      // Scrolling moves rows below a pointer that rests: that chooses none.
      const place = `${event.clientX} ${event.clientY}`;
      if (place !== this.pointer) this.point(event.target);
      this.pointer = place;
    }, { passive: true });
    this.root.addEventListener("focusin", (event) => this.point(event.target));
    for (const name of ["wheel", "touchmove", "pointerdown"]) {
      window.addEventListener(name, () => (this.scrolledAt = performance.now()), { passive: true });
    }
    document.addEventListener("selectionchange", () => this.selected());
    byId("mark").addEventListener("click", () => this.mark());
  }

  makeTools() {
    const run = (name) => () => this.target && this.page[name](this.target.entry);
    return {
      line: el("span", { className: "tools", role: "group", "aria-label": "This line" }, [
        button("Edit", () => this.edit(this.target), { title: "Correct the words (E, or double-click)" }),
        button("Speaker", run("changeSpeaker")),
        button("Chapter", run("addHeaderBefore"), { title: "A chapter begins here (H)" }),
        button("Offset", run("openOffset"), { title: "Set audio.offset by ear with this line" }),
      ]),
      header: el("span", { className: "tools", role: "group", "aria-label": "This chapter" }, [
        button("Rename", run("renameHeader")),
        button("Delete", run("deleteHeader")),
      ]),
    };
  }

  /** Show a transcript, keeping every row that reads as before. */
  render(view, isNew) {
    this.speakers = new Map();
    const entries = view.entries;
    const old = isNew ? [] : this.rows;
    if (isNew) this.root.replaceChildren();
    const marks = entries.map((entry, at) => this.markOf(entry, entries[at - 1]));
    let head = 0;
    while (head < old.length && head < marks.length && old[head].mark === marks[head]) head += 1;
    let tail = 0;
    while (
      tail < old.length - head &&
      tail < marks.length - head &&
      old[old.length - 1 - tail].mark === marks[marks.length - 1 - tail]
    ) {
      tail += 1;
    }
    for (const row of old.slice(head, old.length - tail)) row.node.remove();
    const fresh = [];
    for (let at = head; at < entries.length - tail; at += 1) {
      fresh.push({ mark: marks[at], node: this.row(entries[at], entries[at - 1]) });
    }
    const after = tail ? old[old.length - tail].node : null;
    const fragment = document.createDocumentFragment();
    fragment.append(...fresh.map((row) => row.node));
    this.root.insertBefore(fragment, after);
    this.rows = [...old.slice(0, head), ...fresh, ...old.slice(old.length - tail)];
    this.rows.forEach((row, at) => (row.node.entry = entries[at]));
    this.lines = this.rows.map((row) => row.node).filter((node) => "text" in node.entry);
    // Times that run backwards are taken as the page reads: a line begins no earlier than the last.
    let latest = 0;
    this.starts = this.lines.map((node) => (latest = Math.max(latest, node.entry.start_ms)));
    this.now = null;
    byId("speakers").replaceChildren(...[...this.speakers.keys()].map((who) => el("option", { value: who })));
    if (!entries.length) this.root.replaceChildren(el("p", { className: "empty" }, "There is no transcript yet."));
    if (!isNew && !fresh.length) return;
    this.root.dispatchEvent(new CustomEvent("rendered"));
  }

  markOf(entry, before) {
    if ("text" in entry) {
      const place = this.speakers.get(entry.who) ?? this.speakers.size;
      this.speakers.set(entry.who, place);
    }
    const goesOn = before && "text" in before && before.who === entry.who;
    return JSON.stringify([entry.header, entry.text, entry.who, entry.start_ms, entry.own_ms, entry.is_timed, goesOn]);
  }

  row(entry, before) {
    if ("header" in entry) {
      const time = entry.start_ms === null ? "" : fineClock(entry.start_ms);
      return el(
        "div",
        { className: "row header" },
        el("button", { type: "button", className: "at", "aria-label": `Play from ${time}` }, time),
        el("h2", {}, entry.header),
        entry.start_ms === null ? el("span", { className: "tag" }, "repeats the one above") : null,
      );
    }
    const goesOn = before && "text" in before && before.who === entry.who;
    const colour = (this.speakers.get(entry.who) ?? 0) % MOST_SPEAKER_COLOURS;
    return el(
      "div",
      { className: `row line${entry.is_timed ? "" : " untimed"}` },
      el("button", { type: "button", className: "at", "aria-label": `Play from ${clock(entry.start_ms)}` }, clock(entry.start_ms)),
      goesOn ? el("span", { className: "who again" }) : el("span", { className: `who speaker-${colour}` }, entry.who || "?"),
      el("p", { className: "text" }, entry.text),
    );
  }

  rowOf(target) {
    const element = target instanceof Element ? target : target?.parentElement;
    const node = element?.closest(".row");
    return node && this.root.contains(node) ? node : null;
  }

  clicked(event) {
    const node = this.rowOf(event.target);
    if (!node || event.target.closest(".tools, textarea, .editing")) return;
    if (!getSelection().isCollapsed && !event.target.closest(".at")) return;
    if (node.entry.start_ms !== null) this.page.hear(node.entry.start_ms);
  }

  doubleClicked(event) {
    const node = this.rowOf(event.target);
    if (!node || event.target.closest(".tools, .editing, .at")) return;
    if ("text" in node.entry) this.edit(node);
    else this.page.renameHeader(node.entry);
  }

  /** The tools go to the row that the pointer or the focus is in. */
  point(target) {
    const node = this.rowOf(target);
    if (!node || node === this.target || node.classList.contains("editing")) return;
    if (document.activeElement.closest(".tools")) this.target?.querySelector(".at").focus({ preventScroll: true });
    this.target = node;
    const isLine = "text" in node.entry;
    (isLine ? this.tools.header : this.tools.line).remove();
    node.append(isLine ? this.tools.line : this.tools.header);
  }

  /** Mark the line that is heard, and bring it into view if that is wanted. */
  follow(ms, isFollowing) {
    const at = lastAtOrBefore(this.starts, ms + 20);
    const node = this.lines[at] ?? null;
    if (node === this.now) return;
    this.now?.classList.remove("now");
    this.now?.removeAttribute("aria-current");
    this.now = node;
    node?.classList.add("now");
    node?.setAttribute("aria-current", "true");
    const rests = performance.now() - this.scrolledAt > SCROLL_REST_MS;
    if (node && isFollowing && rests && !this.isEditing) this.reveal(node);
  }

  reveal(node) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    node.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  /** The line that is heard, or the one that comes `step` lines later. */
  lineAt(ms, step = 0) {
    const at = Math.max(0, lastAtOrBefore(this.starts, ms + 20)) + step;
    return this.lines[Math.min(this.lines.length - 1, Math.max(0, at))] ?? null;
  }

  /** Bring an entry of the file into view. */
  show(index) {
    const node = this.rows.find((row) => row.node.entry.index === index)?.node;
    if (!node) return;
    this.scrolledAt = performance.now();
    node.scrollIntoView({ block: "center" });
    node.querySelector(".at").focus({ preventScroll: true });
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 1500);
  }

  get isEditing() {
    return this.root.querySelector(".editing") !== null;
  }

  /** Correct a line in its place. `draft` is text that could not be saved before. */
  edit(node, draft = null) {
    if (!node || !("text" in node.entry) || node.classList.contains("editing")) return;
    const entry = node.entry;
    const paragraph = node.querySelector(".text");
    const area = el("textarea", { className: "text", value: draft ?? entry.text, rows: 1, spellcheck: true, "aria-label": "Words of this line" });
    const grow = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 2}px`;
    };
    let isDone = false;
    const close = () => {
      isDone = true;
      area.remove();
      hint.remove();
      paragraph.hidden = false;
      node.classList.remove("editing");
    };
    const cancel = () => {
      close();
      node.querySelector(".at").focus({ preventScroll: true });
      this.page.editingEnded();
    };
    const save = async () => {
      if (isDone) return;
      const text = area.value.trim().replace(/\s+/g, " ");
      if (text === entry.text) return cancel();
      close();
      node.querySelector(".at").focus({ preventScroll: true });
      await this.page.correct(entry, text);
    };
    const hint = el("p", { className: "edit-hint" }, [
      button("Save", save, { className: "strong" }),
      button("Cancel", cancel),
      el("span", {}, "Enter saves, Esc leaves it"),
    ]);
    area.addEventListener("input", grow);
    area.addEventListener("keydown", (event) => {
      if (event.key === "Escape") cancel();
      else if (event.key === "Enter" && !event.isComposing) save();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.tools.line.remove();
    this.target = null;
    node.classList.add("editing");
    paragraph.hidden = true;
    paragraph.after(area, hint);
    getSelection().removeAllRanges();
    grow();
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  /** After a conflict: the line that still reads so, with the draft in it. */
  editAgain(entry, draft) {
    const same = this.lines.filter((node) => node.entry.text === entry.text);
    const near = same.sort((a, b) => Math.abs(a.entry.index - entry.index) - Math.abs(b.entry.index - entry.index))[0];
    if (near) this.edit(near, draft);
    return Boolean(near);
  }

  /** What is selected of the lines' words, widened to whole words. */
  selection() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const parts = [];
    for (const node of this.lines) {
      const words = node.querySelector("p.text");
      if (!range.intersectsNode(words) || words.hidden) continue;
      const text = words.textContent;
      let start = range.startContainer.parentElement === words ? range.startOffset : 0;
      let end = range.endContainer.parentElement === words ? range.endOffset : text.length;
      if (start >= text.length || end === 0) continue;
      while (start > 0 && /\S/.test(text[start - 1]) && /\S/.test(text[start])) start -= 1;
      while (end < text.length && /\S/.test(text[end]) && /\S/.test(text[end - 1])) end += 1;
      const part = text.slice(start, end).trim();
      if (part) parts.push(part);
    }
    const quote = parts.join(" ");
    return quote ? { quote, range } : null;
  }

  selected() {
    const mark = byId("mark");
    const found = this.root.contains(getSelection().anchorNode) ? this.selection() : null;
    const isEnough = found && found.quote.includes(" ") && !this.isEditing;
    mark.hidden = !isEnough;
    if (!isEnough) return;
    const box = found.range.getBoundingClientRect();
    mark.style.left = `${Math.min(innerWidth - 140, Math.max(8, box.left))}px`;
    mark.style.top = `${Math.min(innerHeight - 48, box.bottom + 8)}px`;
  }

  mark() {
    const found = this.selection();
    byId("mark").hidden = true;
    if (found) this.page.markClip(found.quote);
  }
}
