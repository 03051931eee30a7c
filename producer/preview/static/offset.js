// `audio.offset` by ear: the audio plays, somebody taps when a line begins, and the difference is it.

import { byId } from "./dom.js";
import { clock } from "./times.js";

const LEAD_MS = 4000;

/** Ask for the offset with one line; `save` gets it in milliseconds. */
export function askOffset(view, entry, player, save) {
  const dialog = byId("offset-dialog");
  const heard = [];
  let shift = 0;
  const found = () => (heard.length ? Math.round((heard.reduce((a, b) => a + b, 0) / heard.length + shift) / 10) * 10 : null);
  const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
  const show = () => {
    const ms = found();
    byId("offset-new").textContent = ms === null ? "not heard yet" : `${seconds(ms)}${heard.length > 1 ? ` (mean of ${heard.length})` : ""}`;
    byId("offset-save").disabled = ms === null;
  };
  byId("offset-line").textContent = `${clock(entry.start_ms)} ${entry.who}: ${entry.text}`;
  byId("offset-old").textContent = seconds(view.offset_ms);
  show();
  const tap = () => {
    if (!player.isPlaying) return;
    heard.push(entry.start_ms - player.audio.currentTime * 1000);
    show();
  };
  const listeners = [
    ["offset-play", () => player.playFrom(Math.max(view.offset_ms, entry.start_ms - LEAD_MS))],
    ["offset-tap", tap],
    ["offset-earlier", () => ((shift -= 100), show())],
    ["offset-later", () => ((shift += 100), show())],
    ["offset-cancel", () => dialog.close()],
    ["offset-save", () => {
      const ms = found();
      dialog.close();
      if (ms !== null) save(ms);
    }],
  ];
  const onKey = (event) => {
    const other = event.target.closest("button:not(#offset-play, #offset-tap)");
    if (event.key !== " " || other) return;
    event.preventDefault();
    if (event.repeat) return;
    if (player.isPlaying) tap();
    else byId("offset-play").click();
  };
  for (const [id, run] of listeners) byId(id).addEventListener("click", run);
  dialog.addEventListener("keydown", onKey);
  dialog.addEventListener(
    "close",
    () => {
      player.pause();
      for (const [id, run] of listeners) byId(id).removeEventListener("click", run);
      dialog.removeEventListener("keydown", onKey);
    },
    { once: true },
  );
  dialog.showModal();
  byId("offset-play").focus();
}
