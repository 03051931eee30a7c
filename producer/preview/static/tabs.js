// One panel at a time. On a wide page the transcript is always there, beside the others.

import { byId } from "./dom.js";

const NAMES = ["transcript", "chapters", "problems", "clips", "texts", "changes"];
const wide = matchMedia("(min-width: 60rem)");
let shown = "chapters";

export const isWide = () => wide.matches;

/** Show a panel. */
export function showTab(name) {
  shown = name;
  const current = wide.matches && name === "transcript" ? "chapters" : name;
  for (const each of NAMES) {
    const tab = byId(`tab-${each}`);
    const isShown = each === current;
    tab.setAttribute("aria-selected", String(isShown));
    tab.tabIndex = isShown ? 0 : -1;
    byId(each).hidden = !isShown && !(wide.matches && each === "transcript");
  }
  byId("tab-transcript").hidden = wide.matches;
  byId("tabs").dispatchEvent(new CustomEvent("tab", { detail: current }));
}

/** Which panel is shown. */
export const shownTab = () => (wide.matches && shown === "transcript" ? "chapters" : shown);

/** Make the tabs work; `onShow` gets the name of a panel that comes up. */
export function startTabs(onShow) {
  const tabs = byId("tabs");
  tabs.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) showTab(tab.id.slice(4));
  });
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const open = NAMES.filter((each) => !byId(`tab-${each}`).hidden);
    const next = open[(open.indexOf(shownTab()) + step + open.length) % open.length];
    showTab(next);
    byId(`tab-${next}`).focus();
  });
  tabs.addEventListener("tab", (event) => onShow(event.detail));
  wide.addEventListener("change", () => showTab(shown));
  showTab(wide.matches ? "chapters" : "transcript");
}
