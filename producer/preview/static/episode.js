// One episode: what is shown of it, and the changes that are made to it.

import { api, Refusal } from "./api.js";
import { ask } from "./ask.js";
import { shortDiff } from "./diff.js";
import { byId } from "./dom.js";
import { complain, notify } from "./notices.js";
import { askOffset } from "./offset.js";
import { Player } from "./player.js";
import { markChapter, renderChanges, renderChapters, renderClips, renderProblems, renderTexts } from "./side.js";
import { shownTab, startTabs, isWide, showTab } from "./tabs.js";
import { clock, fineClock, lastAtOrBefore, length } from "./times.js";
import { Transcript } from "./transcript.js";
import { Wave } from "./wave.js";

const PATIENCE_MS = 400;
const NUDGE_REST_MS = 400;
// A pause this far from a boundary may be what was meant; one nearer than a tenth is it already.
const NEAR_PAUSE_MS = 2000;
const AT_PAUSE_MS = 100;

export class Episode {
  constructor() {
    this.view = null;
    this.changes = [];
    this.picked = null;
    this.pauses = [];
    this.chapterNow = undefined;
    this.queue = Promise.resolve();
    this.player = new Player({
      onTime: (ms) => this.heard(ms),
      onState: (isPlaying) => this.showState(isPlaying),
      onFailure: () => notify("The browser cannot play this sound file.", { tone: "error" }),
    });
    this.wave = new Wave({
      media: this.player.audio,
      onMove: (chapter, ms, isFree) => this.moveHeader(chapter, ms, isFree),
      onPick: (chapter) => (this.picked = chapter.index),
      onSeek: (ms) => this.heard(ms),
      onNudge: (chapter, step) => this.nudge(chapter, step),
    });
    this.transcript = new Transcript(this);
    startTabs((name) => name === "texts" && this.loadTexts());
    byId("play").addEventListener("click", () => this.player.toggle());
    byId("back").addEventListener("click", () => this.skip(-3000));
    byId("chapter-back").addEventListener("click", () => this.stepChapter(-1));
    byId("chapter-next").addEventListener("click", () => this.stepChapter(1));
    byId("add-here").addEventListener("click", () => this.addHeaderHere());
    byId("speed").addEventListener("change", (event) => (this.player.audio.playbackRate = Number(event.target.value)));
    byId("undo").addEventListener("click", () => this.undo());
    byId("redo").addEventListener("click", () => this.redo());
  }

  // Showing.

  /** Open another episode. */
  async open(slug) {
    this.asked = slug;
    this.player.pause();
    this.changes = [];
    const waiting = setTimeout(() => {
      this.reveal(false);
      byId("welcome").textContent = "Opening… The sound of a new episode is decoded first; that is done once.";
    }, PATIENCE_MS);
    try {
      const view = await api.episode(slug).finally(() => clearTimeout(waiting));
      if (this.asked !== slug) return;
      this.show(view, true);
      performance.mark("episode-interactive");
      await this.drawWave();
    } catch (error) {
      this.failed(error, slug);
    }
  }

  /** Read the episode again. `isElsewhere` where somebody else changed it. */
  async reload({ isElsewhere = false } = {}) {
    if (!this.view) return;
    const slug = this.view.slug;
    try {
      const view = await api.episode(slug);
      if (this.asked !== slug) return;
      const isOther = view.digest !== this.view.digest;
      if (isElsewhere && isOther && !this.transcript.isEditing) {
        notify("The file changed on disk: this is how it is now.");
      }
      if (this.transcript.isEditing && isElsewhere) {
        this.isStale = true;
        return;
      }
      this.show(view, false);
      await this.drawWave();
    } catch (error) {
      this.failed(error, slug);
    }
  }

  editingEnded() {
    if (this.isStale) {
      this.isStale = false;
      this.reload({ isElsewhere: true });
    }
  }

  failed(error, slug) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 404 && this.asked === slug) {
      this.view = null;
      this.reveal(false);
      byId("title").textContent = slug;
      byId("welcome").textContent = error.message;
    } else complain(error);
  }

  reveal(isShown) {
    byId("welcome").hidden = isShown;
    for (const id of ["player", "tabs", "work"]) byId(id).hidden = !isShown;
  }

  show(view, isNew) {
    const wasBroken = !isNew && this.view?.is_broken;
    this.view = view.is_broken
      ? { ...view, entries: [], chapters: [], clips: [], offset_ms: 0, duration_ms: 0, media: null, why_no_audio: "The file cannot be read: see the problems." }
      : view;
    view = this.view;
    this.reveal(true);
    document.title = `${view.title} – Preview`;
    byId("title").textContent = view.title;
    byId("title").title = view.path;
    this.player.load(view.media, view.offset_ms);
    byId("length").textContent = ` / ${view.is_estimate ? "about " : ""}${clock(view.duration_ms)}`;
    for (const id of ["play", "back"]) byId(id).disabled = !view.media;
    for (const [id, label] of [["undo", view.history.undo], ["redo", view.history.redo]]) {
      const name = id === "undo" ? "Undo" : "Redo";
      byId(id).disabled = label === null;
      byId(id).title = label ? `${name}: ${label}` : name;
      byId(id).setAttribute("aria-label", byId(id).title);
    }
    this.transcript.render(view, isNew);
    renderChapters(view, this);
    renderProblems(view, this);
    renderClips(view, this);
    renderChanges(this.changes);
    if (shownTab() === "texts") this.loadTexts();
    if (isNew) {
      byId("zoom").value = 0;
      this.picked = null;
      scrollTo(0, 0);
    }
    if (view.is_broken && !wasBroken) showTab("problems");
    this.chapterNow = undefined;
    this.heard(this.player.ms);
  }

  /** The reason why there is no waveform, or the waveform. */
  async drawWave() {
    const view = this.view;
    let why = view.media ? this.noWaveform : view.why_no_audio;
    if (!why) {
      try {
        const sound = this.sound?.key === view.media ? this.sound : { key: view.media, ...(await api.peaks(view.slug, view.media)) };
        if (this.view !== view) return;
        this.sound = sound;
        this.pauses = sound.pauses.map(([start, end]) => [start + view.offset_ms, end + view.offset_ms]);
        await this.wave.draw(view.media, unpack(sound.peaks), view.audio_ms);
        if (this.view !== view) return;
        this.wave.mark(view, this.snaps(), this.pauses);
      } catch (error) {
        if (error instanceof Refusal && error.status === 0) throw error;
        why = `There is no waveform: ${error.message}`;
      }
    }
    if (why) this.wave.clear();
    byId("wave").hidden = Boolean(why);
    byId("zoom").parentElement.hidden = Boolean(why);
    byId("no-wave").hidden = !why;
    byId("no-wave").textContent = why;
    performance.mark("episode-drawn");
  }

  /** The starts of lines, which boundaries snap to. */
  snaps() {
    const starts = this.view.entries.filter((each) => each.is_timed).map((each) => each.start_ms);
    return [...new Set(starts)].sort((a, b) => a - b);
  }

  async loadTexts() {
    const view = this.view;
    if (!view || view.is_broken || this.textsOf === view.digest) return;
    try {
      const found = await api.texts(view.slug);
      if (this.view.digest !== view.digest) return;
      this.textsOf = view.digest;
      renderTexts(found, view, this);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      renderTexts({ texts: [], problems: [{ severity: "error", code: "", path: "", line: 0, message: error.message, hint: error.hint }] }, view, this);
    }
  }

  async copy(text, name) {
    try {
      await navigator.clipboard.writeText(text);
      notify(`${name} is in the clipboard.`, { tone: "done" });
    } catch {
      notify("The browser does not let the page copy: select the text, and copy it yourself.", { tone: "error" });
    }
  }

  // Listening.

  heard(ms) {
    if (this.player.stopAtMs !== null && this.player.stopAtMs !== undefined && ms >= this.player.stopAtMs) {
      this.player.stopAtMs = null;
      this.player.pause();
    }
    const shown = clock(ms);
    if (shown !== this.shownClock) byId("now").textContent = this.shownClock = shown;
    if (!this.view) return;
    this.transcript.follow(ms, byId("follow").checked && this.player.isPlaying);
    const at = this.chapterAt(ms);
    if (at !== this.chapterNow) {
      this.chapterNow = at;
      byId("where").textContent = this.view.chapters[at]?.title ?? "";
      markChapter(this.view.chapters[at]?.index ?? -1);
    }
  }

  chapterAt(ms) {
    return lastAtOrBefore(this.view.chapters.map((each) => each.start_ms), ms + 20);
  }

  showState(isPlaying) {
    byId("play").setAttribute("aria-label", isPlaying ? "Pause" : "Play");
    byId("play").classList.toggle("playing", isPlaying);
  }

  hear(ms, stopAtMs = null) {
    return this.player.playFrom(ms, stopAtMs);
  }

  skip(ms) {
    this.player.seek(Math.max(0, this.player.ms + ms));
  }

  stepLine(step) {
    const node = this.transcript.lineAt(this.player.ms, step);
    if (!node) return;
    this.player.seek(node.entry.start_ms);
    this.transcript.follow(node.entry.start_ms, false);
    this.transcript.reveal(node);
  }

  stepChapter(step) {
    if (!this.view) return;
    const ms = this.player.ms;
    let at = this.chapterAt(ms);
    // As players do: "previous" goes to the start of this one first.
    if (step > 0 || ms - (this.view.chapters[at]?.start_ms ?? 0) < 3000) at += step;
    const chapter = this.view.chapters[Math.max(0, at)];
    if (!chapter) return;
    this.player.seek(chapter.start_ms);
    this.pick(chapter);
  }

  /** Choose a chapter, for the keys that nudge. */
  pick(chapter, isShown = false) {
    this.picked = chapter.index;
    if (!isShown) return;
    this.player.seek(chapter.start_ms);
    if (isWide()) this.transcript.show(chapter.index);
  }

  showEntry(at) {
    if (!isWide()) showTab("transcript");
    const entry = this.view.entries.find((each) => each.index === at);
    if (entry) this.transcript.show(entry.index);
  }

  // Changing.

  /** Make one change. True if the file has it now. */
  change(edit, options = {}) {
    return this.step(() => api.edit(this.view.slug, this.view.digest, edit), options);
  }

  undo() {
    return this.step(() => api.undo(this.view.slug, this.view.digest), { isHistory: true });
  }

  redo() {
    return this.step(() => api.redo(this.view.slug, this.view.digest), { isHistory: true });
  }

  /** One change after the other: each needs the digest that the one before has left. */
  step(send, { actions = [], isHistory = false, quiet = false } = {}) {
    const run = async () => {
      if (!this.view) return false;
      try {
        const made = await send();
        this.changes = [{ ...made, at: Date.now() }, ...this.changes].slice(0, 100);
        this.view.digest = made.digest;
        await this.reload();
        const undo = isHistory ? [] : [["Undo", () => this.undo()]];
        if (!quiet) notify(capital(made.label), { tone: "done", body: shortDiff(made.diff), actions: [...actions, ...undo] });
        return true;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        complain(error);
        await this.reload();
        return false;
      }
    };
    this.queue = this.queue.then(run, run);
    return this.queue;
  }

  moveHeader(chapter, ms, isFree = true) {
    const pause = isFree ? null : this.pauseNear(ms);
    const there = pause ? Math.round((pause[0] + pause[1]) / 200) * 100 : 0;
    const actions = pause
      ? [[`To the pause at ${fineClock(there)} (${length(pause[1] - pause[0])})`, () => this.moveHeader(chapter, there)]]
      : [];
    return this.change({ kind: "move-header", index: chapter.index, start_ms: ms }, { actions });
  }

  /** The pause that is nearest to a time, if it is near and not there. */
  pauseNear(ms) {
    let found = null;
    let least = NEAR_PAUSE_MS;
    for (const pause of this.pauses) {
      const away = Math.abs((pause[0] + pause[1]) / 2 - ms);
      if (away < least) [found, least] = [pause, away];
    }
    return least > AT_PAUSE_MS ? found : null;
  }

  /** Move a boundary a little; what follows at once is one change. */
  nudge(chapter, step) {
    this.picked = chapter.index;
    const at = this.view.chapters.findIndex((each) => each.index === chapter.index);
    const before = this.nudging?.index === chapter.index ? this.nudging.ms : chapter.start_ms;
    const low = at ? this.view.chapters[at - 1].start_ms + 100 : 0;
    const high = (this.view.chapters[at + 1]?.start_ms ?? this.view.duration_ms) - 100;
    const ms = Math.min(high, Math.max(low, before + step));
    clearTimeout(this.nudging?.timer);
    this.nudging = {
      index: chapter.index,
      ms,
      timer: setTimeout(() => {
        this.nudging = null;
        const now = this.view.chapters.find((each) => each.index === chapter.index);
        if (now && now.start_ms !== ms) this.moveHeader(now, ms);
      }, NUDGE_REST_MS),
    };
    this.wave.place(chapter.index, ms);
    const shown = byId("chapters").querySelector(`[data-index="${chapter.index}"] .at`);
    if (shown) shown.textContent = fineClock(ms);
  }

  nudgePicked(step) {
    const index = this.picked ?? this.view.chapters[this.chapterAt(this.player.ms)]?.index;
    const chapter = this.view.chapters.find((each) => each.index === index);
    if (chapter && chapter.start_ms > 0) this.nudge(chapter, step);
    else notify("Choose a chapter that does not begin at 0:00.");
  }

  async renameHeader(entry) {
    const title = await ask("Rename the chapter", { label: "Title", value: entry.header });
    if (title && title !== entry.header) this.change({ kind: "rename-header", index: entry.index, title });
  }

  deleteHeader(entry) {
    return this.change({ kind: "delete-header", index: entry.index });
  }

  async addHeaderBefore(entry) {
    const title = await ask("A chapter begins here", { label: "Title", text: entry.text, ok: "Add" });
    if (title) this.change({ kind: "add-header", index: entry.index, title });
  }

  addHeaderAtCurrent() {
    const node = this.transcript.lineAt(this.player.ms);
    if (node) this.addHeaderBefore(node.entry);
  }

  async addHeaderHere() {
    this.player.pause();
    const ms = Math.round(this.player.ms / 100) * 100;
    const title = await ask(`A chapter begins at ${fineClock(ms)}`, { label: "Title", ok: "Add" });
    if (title) this.change({ kind: "add-header", start_ms: ms, title });
  }

  editCurrent() {
    const node = this.transcript.target?.entry && "text" in this.transcript.target.entry && this.transcript.target.contains(document.activeElement)
      ? this.transcript.target
      : this.transcript.lineAt(this.player.ms);
    if (node) this.transcript.edit(node);
  }

  async correct(entry, text) {
    this.isStale = false;
    const isSaved = await this.change({ kind: "set-text", index: entry.index, text });
    if (!isSaved && !this.transcript.editAgain(entry, text)) {
      notify("The line is not in the file any more. What you wrote:", { hint: text, tone: "error" });
    }
  }

  async changeSpeaker(entry) {
    const who = await ask("Who speaks?", { label: "Speaker", value: entry.who, text: entry.text, list: "speakers" });
    if (who !== null && who !== entry.who) this.change({ kind: "set-speaker", index: entry.index, who });
  }

  openOffset(entry) {
    if (!this.view.media) notify("There is no sound to listen to.");
    else if (!entry.is_timed) notify("This line has no time of its own: take one that has.");
    else askOffset(this.view, entry, this.player, (ms) => this.change({ kind: "set-offset", offset_ms: ms }));
  }

  async markClip(quote) {
    const title = await ask("Mark a clip", { label: "Title (may stay empty)", text: quote, ok: "Mark" });
    if (title !== null && (await this.change({ kind: "add-clip", title, quote }))) showTab("clips");
  }

  deleteClip(clip) {
    return this.change({ kind: "delete-clip", index: clip.index });
  }
}

/** Peaks from 0 to 1, from a byte each in base64. */
function unpack(text) {
  const bytes = atob(text);
  return Float32Array.from({ length: bytes.length }, (_, at) => bytes.charCodeAt(at) / 127);
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
