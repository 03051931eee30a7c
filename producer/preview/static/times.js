// Times on the page: whole milliseconds of the video.

const two = (number) => String(number).padStart(2, "0");

/** `M:SS` or `H:MM:SS`, cut to the second. */
export function clock(ms) {
  const total = Math.floor(Math.max(0, ms) / 1000);
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The same with tenths, where there are any. */
export function fineClock(ms) {
  const tenths = Math.floor((Math.max(0, ms) % 1000) / 100);
  return clock(ms) + (tenths ? `.${tenths}` : "");
}

/** A length for people: `0.8 s`, `2:05`. */
export const length = (ms) => (ms < 10000 ? `${(ms / 1000).toFixed(1)} s` : clock(ms));

/** For screen readers: `1 minute 5 seconds`. */
export function spoken(ms) {
  const minutes = Math.floor(ms / 60000);
  const seconds = Math.round((ms % 60000) / 100) / 10;
  return `${minutes ? `${minutes} minute${minutes === 1 ? "" : "s"} ` : ""}${seconds} seconds`;
}

/** The place of the last number in a rising list that is not above `value`; -1 if there is none. */
export function lastAtOrBefore(numbers, value) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The number of a rising list that is nearest to `value`; undefined if it is empty. */
export function nearest(numbers, value) {
  const at = lastAtOrBefore(numbers, value);
  const [before, after] = [numbers[at], numbers[at + 1]];
  if (before === undefined || after === undefined) return before ?? after;
  return value - before <= after - value ? before : after;
}
