// The server. Its cookie, which scripts cannot read, says who asks.

/** What the server would not do, with its own words. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body.error ?? `the server answered ${status}`);
    this.status = status;
    this.hint = body.hint ?? "";
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refusal(0, { error: "the preview is not running any more", hint: "start it again: producer preview" });
  }
  const text = await response.text();
  let body = {};
  try {
    body = JSON.parse(text);
  } catch {
    body = { error: text.trim() };
  }
  if (!response.ok) throw new Refusal(response.status, body);
  return body;
}

const base = (slug) => `/api/episodes/${encodeURIComponent(slug)}`;

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const api = {
  show: () => ask("/api/show"),
  episode: (slug) => ask(base(slug)),
  texts: (slug) => ask(`${base(slug)}/texts`),
  peaks: (slug, version) => ask(`${base(slug)}/peaks?v=${encodeURIComponent(version)}`),
  edit: (slug, digest, edit) => post(`${base(slug)}/edit`, { digest, edit }),
  undo: (slug, digest) => post(`${base(slug)}/undo`, { digest }),
  redo: (slug, digest) => post(`${base(slug)}/redo`, { digest }),
};

/** Calls the handlers by the events' names until the page closes; the browser reconnects. */
export function listen(handlers) {
  const source = new EventSource("/api/events");
  for (const [name, run] of Object.entries(handlers.events)) {
    source.addEventListener(name, (event) => run(JSON.parse(event.data)));
  }
  source.addEventListener("open", () => handlers.connection(true));
  source.addEventListener("error", () => handlers.connection(false));
}
