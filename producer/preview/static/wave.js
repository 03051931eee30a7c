// The waveform, drawn by wavesurfer.js from peaks that the server worked out, and the chapters'
// boundaries in it.

import { byId, el } from "./dom.js";
import { fineClock, nearest, spoken } from "./times.js";

const HEIGHT = 112;
const MOST_PX_PER_S = 200;
const NUDGE_MS = 100;
const LEAST_TITLE_PX = 28;

export class Wave {
  /** `onMove(chapter, ms, isFree)` when a boundary was put elsewhere, `onPick(chapter)` when it gets the focus. */
  constructor({ media, onMove, onPick, onSeek, onNudge }) {
    this.media = media;
    this.onMove = onMove;
    this.onPick = onPick;
    this.onSeek = onSeek;
    this.onNudge = onNudge;
    this.key = "";
    this.isFree = false;
    this.surfer = null;
    for (const name of ["pointerdown", "pointermove", "keydown", "keyup"]) {
      window.addEventListener(name, (event) => (this.isFree = event.altKey), { capture: true, passive: true });
    }
    byId("zoom").addEventListener("input", () => this.zoom());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
  }

  get isDrawn() {
    return this.surfer !== null;
  }

  /** Draw a sound; `key` names it, so that it is drawn once. */
  async draw(key, peaks, durationMs) {
    if (this.key === key && this.surfer) return;
    this.clear();
    const [{ default: WaveSurfer }, { default: Regions }] = await Promise.all([
      import("/static/vendor/wavesurfer.esm.js"),
      import("/static/vendor/regions.esm.js"),
    ]);
    this.clear();
    this.key = key;
    this.regions = Regions.create();
    this.durationS = durationMs / 1000;
    this.surfer = WaveSurfer.create({
      container: byId("wave"),
      media: this.media,
      peaks: [peaks],
      duration: this.durationS,
      height: HEIGHT,
      ...colours(),
      cursorWidth: 2,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      // Room above the bars for the titles.
      barAlign: "bottom",
      barHeight: 0.78,
      normalize: true,
      autoScroll: true,
      autoCenter: true,
      cspNonce: document.documentElement.dataset.nonce,
      plugins: [this.regions],
    });
    this.surfer.on("redraw", () => this.fitTitles());
    this.surfer.on("interaction", (seconds) => this.onSeek(seconds * 1000 + this.offsetMs));
    await new Promise((resolve) => this.surfer.once("ready", resolve));
    this.zoom();
  }

  clear() {
    this.ghost = null;
    this.shownKey = "";
    this.marks = [];
    this.surfer?.destroy();
    this.surfer = null;
    this.key = "";
  }

  zoom() {
    if (!this.surfer) return;
    const fit = byId("wave").clientWidth / this.durationS;
    const part = byId("zoom").valueAsNumber / 100;
    const px = fit * (Math.max(MOST_PX_PER_S, fit) / fit) ** part;
    this.surfer.zoom(part === 0 ? 0 : px);
  }

  recolour() {
    this.surfer?.setOptions(colours());
  }

  /** Show the boundaries of an episode as it is now. */
  mark(view, snaps, pauses) {
    if (!this.surfer) return;
    this.offsetMs = view.offset_ms;
    this.snaps = snaps;
    this.pauses = pauses;
    this.hideGhost();
    const shown = view.chapters.flatMap((chapter, at) => {
      if (chapter.start_ms < view.offset_ms || chapter.index < 0) return [];
      const low = at ? view.chapters[at - 1].start_ms + NUDGE_MS : view.offset_ms;
      const high = Math.min(view.chapters[at + 1]?.start_ms ?? Infinity, view.duration_ms) - NUDGE_MS;
      return [{ chapter, limits: [low, high] }];
    });
    const key = JSON.stringify(shown.map(({ chapter }) => [chapter.index, chapter.title, chapter.start_ms === 0]));
    // The same boundaries stay, and with them the focus.
    if (key !== this.shownKey) {
      this.shownKey = key;
      this.regions.clearRegions();
      this.marks = shown.map((mark) => this.boundary(mark));
    }
    this.marks.forEach((mark, at) => this.update(Object.assign(mark, shown[at])));
    this.fitTitles();
  }

  /** A title takes the room up to the next boundary, and none where there is too little. */
  fitTitles() {
    const width = this.surfer.getWrapper().clientWidth;
    const regions = this.regions.getRegions().filter((each) => each.id !== "snap");
    regions.forEach((region, at) => {
      const room = (((regions[at + 1]?.start ?? this.durationS) - region.start) / this.durationS) * width - 6;
      region.content.style.maxWidth = `${room}px`;
      region.content.style.visibility = room < LEAST_TITLE_PX ? "hidden" : "";
    });
  }

  /** A new boundary: what is drawn and heard of it; `update` puts it where it is. */
  boundary({ chapter, limits }) {
    const isFixed = chapter.start_ms === 0;
    const region = this.regions.addRegion({
      id: `chapter-${chapter.index}`,
      start: (chapter.start_ms - this.offsetMs) / 1000,
      drag: !isFixed,
      resize: false,
      color: "var(--boundary)",
      content: el("span", { title: chapter.title }, chapter.title),
    });
    const mark = { region, chapter, limits };
    const handle = region.element;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", `Start of ${chapter.title}`);
    handle.tabIndex = isFixed ? -1 : 0;
    if (isFixed) handle.setAttribute("aria-disabled", "true");
    handle.addEventListener("focus", () => this.onPick(mark.chapter));
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || isFixed) return;
      event.preventDefault();
      event.stopPropagation();
      this.onNudge(mark.chapter, step * NUDGE_MS * (event.shiftKey ? 10 : 1));
    });
    region.on("update", () => this.preview(mark));
    region.on("update-end", () => {
      const target = this.target(mark);
      this.hideGhost();
      this.fitTitles();
      region.setOptions({ start: (target - this.offsetMs) / 1000 });
      if (target !== mark.chapter.start_ms) this.onMove(mark.chapter, target, this.isFree);
    });
    return mark;
  }

  update({ region, chapter, limits }) {
    const handle = region.element;
    handle.setAttribute("aria-valuemin", limits[0] / 1000);
    handle.setAttribute("aria-valuemax", limits[1] / 1000);
    handle.setAttribute("aria-valuenow", chapter.start_ms / 1000);
    handle.setAttribute("aria-valuetext", spoken(chapter.start_ms));
    region.setOptions({ start: (chapter.start_ms - this.offsetMs) / 1000 });
  }

  /** Put a boundary elsewhere without telling anybody: while it is nudged. */
  place(index, ms) {
    const region = this.regions?.getRegions().find((each) => each.id === `chapter-${index}`);
    region?.setOptions({ start: (ms - this.offsetMs) / 1000 });
    region?.element?.setAttribute("aria-valuetext", spoken(ms));
  }

  /** Where a dragged boundary would go: to a line, or anywhere while Alt is held. */
  target({ region, limits }) {
    const ms = region.start * 1000 + this.offsetMs;
    const [low, high] = limits;
    if (this.isFree) return Math.min(high, Math.max(low, Math.round(ms / 100) * 100));
    const lines = this.snaps.filter((each) => each >= low && each <= high);
    return nearest(lines, ms) ?? Math.min(high, Math.max(low, Math.round(ms / 100) * 100));
  }

  preview(mark) {
    const ms = this.target(mark);
    const start = (ms - this.offsetMs) / 1000;
    if (!this.ghost) {
      this.ghost = this.regions.addRegion({
        id: "snap",
        start,
        drag: false,
        resize: false,
        color: "var(--snap)",
        content: el("span", {}, ""),
      });
    }
    mark.region.content.style.visibility = "hidden";
    this.ghost.setOptions({ start });
    this.ghost.content.textContent = fineClock(ms);
  }

  hideGhost() {
    this.ghost?.remove();
    this.ghost = null;
  }
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return { waveColor: of("--wave"), progressColor: of("--wave-played"), cursorColor: of("--accent") };
}
