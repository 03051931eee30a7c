// The page: which episode is shown, and what the server tells of changes.

import { api, listen, Refusal } from "./api.js";
import { byId } from "./dom.js";
import { Episode } from "./episode.js";
import { startKeys } from "./keys.js";
import { markCurrent, renderList, startList, updateRow } from "./list.js";
import { complain } from "./notices.js";

const episode = new Episode();
let hasConnected = false;

const slugOf = () => {
  try {
    return decodeURIComponent(location.hash.replace(/^#\/?/, ""));
  } catch {
    return "";
  }
};

async function loadShow() {
  try {
    const show = await api.show();
    byId("show-title").textContent = show.title;
    episode.noWaveform = show.no_waveform;
    renderList(show);
    return show;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    complain(error);
    return null;
  }
}

function route() {
  const slug = slugOf();
  markCurrent(slug);
  if (slug) {
    closeMenuOnPhones();
    episode.open(slug);
  }
}

const narrow = matchMedia("(max-width: 60rem)");

function setMenu(isOpen) {
  document.body.classList.toggle("menu-closed", !isOpen);
  byId("menu").setAttribute("aria-expanded", String(isOpen));
}

function closeMenuOnPhones() {
  if (narrow.matches) setMenu(false);
}

byId("menu").addEventListener("click", () => setMenu(document.body.classList.contains("menu-closed")));
byId("help").addEventListener("click", () => byId("help-dialog").showModal());
narrow.addEventListener("change", () => setMenu(!narrow.matches || !slugOf()));
setMenu(!narrow.matches || !slugOf());

startList();
startKeys(episode);
window.addEventListener("hashchange", route);

listen({
  events: {
    hello: async () => {
      if (hasConnected) {
        await loadShow();
        episode.reload({ isElsewhere: true });
      }
      hasConnected = true;
    },
    changed: (what) => {
      if (what.all || what.episodes.some((slug) => slug !== episode.asked)) loadShow();
      if (what.all || what.episodes.includes(episode.asked)) episode.reload({ isElsewhere: true });
    },
    row: (row) => updateRow(row) || loadShow(),
  },
  connection: (isThere) => {
    byId("connection").textContent = isThere ? "" : "not connected";
  },
});

const show = await loadShow();
if (!slugOf() && show?.episodes.length === 1) location.hash = `#/${encodeURIComponent(show.episodes[0].slug)}`;
else route();
