// The sound, on the video's timeline: audio time = video time - offset.

import { byId } from "./dom.js";

export class Player {
  /** `onTime` gets the time in milliseconds while it changes, `onState` whether it plays. */
  constructor({ onTime, onState, onFailure }) {
    this.audio = byId("audio");
    this.offsetMs = 0;
    this.src = "";
    this.silentMs = 0;
    this.onTime = onTime;
    let frame = 0;
    const follow = () => {
      onTime(this.ms);
      frame = this.audio.paused ? 0 : requestAnimationFrame(follow);
    };
    const start = () => {
      onState(!this.audio.paused);
      if (!frame) frame = requestAnimationFrame(follow);
    };
    this.audio.addEventListener("play", start);
    this.audio.addEventListener("pause", () => onState(false));
    this.audio.addEventListener("seeking", () => onTime(this.ms));
    this.audio.addEventListener("ended", () => onState(false));
    this.audio.addEventListener("error", () => this.src && onFailure());
  }

  /** Take a sound file in, unless it is there; null for an episode that has none. */
  load(src, offsetMs) {
    this.offsetMs = offsetMs;
    if (src === this.src) return;
    this.src = src ?? "";
    this.silentMs = 0;
    this.stopAtMs = null;
    if (src) this.audio.src = src;
    else {
      this.audio.pause();
      this.audio.removeAttribute("src");
      this.audio.load();
    }
  }

  get ms() {
    return this.src ? this.audio.currentTime * 1000 + this.offsetMs : this.silentMs;
  }

  get isPlaying() {
    return !this.audio.paused;
  }

  /** Go to a time. Without sound it is only the place in the transcript. */
  seek(ms) {
    this.stopAtMs = null;
    if (this.src) this.audio.currentTime = Math.max(0, (ms - this.offsetMs) / 1000);
    else {
      this.silentMs = Math.max(0, ms);
      this.onTime(this.silentMs);
    }
  }

  async play() {
    if (!this.src) return;
    try {
      await this.audio.play();
    } catch (error) {
      // Another file or a pause came first; anything else the error event says.
      if (error.name !== "AbortError" && error.name !== "NotSupportedError") throw error;
    }
  }

  /** Play a span and stop at its end, or go on where it is null. */
  playFrom(ms, stopAtMs = null) {
    this.seek(ms);
    this.stopAtMs = stopAtMs;
    return this.play();
  }

  toggle() {
    if (this.isPlaying) this.audio.pause();
    else this.play();
  }

  pause() {
    this.audio.pause();
  }
}
