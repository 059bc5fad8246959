// The client API of the workspace (docs/playground.md): reads, and acts as one person.
import { released } from "./dom.js";
import { t } from "./words.js";

/** The workspace said no, or could not be reached (`error` is then "network"). */
export class Refused extends Error {
  constructor(answer) {
    super(answer.message || answer.error);
    this.error = answer.error;
    this.answer = answer;
  }
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (cause) {
    throw new Refused({ error: "network", message: String(cause) });
  }
  const answer = await response.json().catch(() => ({ ok: false, error: `http_${response.status}` }));
  if (!response.ok || answer.ok === false) throw new Refused({ error: `http_${response.status}`, ...answer });
  return answer;
}

/** Reads `path` with query parameters; empty ones are left out. Comes when nothing is pressed, see `released`. */
export async function read(path, params = {}) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value));
  const answer = await ask(query.size ? `${path}?${query}` : path);
  await released();
  return answer;
}

/** Posts JSON. */
export function post(path, body) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

let actor = "";

/** Says who acts from now on. */
export const actAs = (user) => {
  actor = user;
};

/** One act of the person, e.g. `act("react", {channel, ts, name})`. */
export const act = (kind, fields = {}) => post("/client/act", { user: actor, act: kind, ...fields });

const OWN_WORDS = {
  app_did_not_respond: "did_not_respond",
  not_in_channel: "not_in_channel",
  channel_is_archived: "channel_is_archived",
  network: "network",
};

/** A refusal in words: the page's own where it has some, else the workspace's. Anything but a refusal is a bug and goes on. */
export function explain(refused) {
  if (!(refused instanceof Refused)) throw refused;
  const key = OWN_WORDS[refused.error];
  return key ? t(key) : refused.answer.message || t("failed", { error: refused.error });
}
