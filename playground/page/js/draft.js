// Between what a person types (`@김민지 … #센터`) and Slack's own notation (`<@U…>`, `<#C…|…>`, `&amp;`).
import { plain } from "./mrkdwn.js";
import { distinctName, everybody, nameOf } from "./people.js";
import { session } from "./session.js";

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const forPattern = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Mentions that were picked from a list in this draft: what is shown, and what is sent. */
export class Picks {
  constructor() {
    this.shown = new Map();
  }

  person(id) {
    return this.keep(`@${distinctName(id)}`, `<@${id}>`);
  }

  channel(id) {
    const name = session.sidebar.channels.find((one) => one.id === id)?.name ?? id;
    return this.keep(`#${name}`, `<#${id}|${name}>`);
  }

  keep(label, notation) {
    this.shown.set(label, notation);
    return label;
  }
}

/** Handles and full names that can only mean one person, typed without picking. */
function typedNames() {
  const seen = new Map();
  for (const one of everybody()) {
    for (const name of new Set([one.name, nameOf(one.id)])) if (name) seen.set(name, seen.has(name) ? null : one.id);
  }
  return [...seen].filter(([, id]) => id).map(([name, id]) => [`@${name}`, `<@${id}>`]);
}

/** What is sent for a typed text. Picked mentions may be followed by anything (a particle, 님); typed ones end at a boundary. */
export function toSlack(text, picks, { links = true } = {}) {
  const picked = [...picks.shown].map(([label, to]) => [escape(label), to, ""]);
  const typed = typedNames()
    .filter(([label]) => !picks.shown.has(label))
    .map(([label, to]) => [escape(label), to, "(?![\\p{L}\\p{N}_.-])"]);
  const all = [...picked, ...typed].sort((a, b) => b[0].length - a[0].length);
  const names = all.length ? new RegExp(all.map(([label, , edge]) => `(?:${forPattern(label)}${edge})`).join("|"), "gu") : null;
  const to = new Map(all.map(([label, notation]) => [label, notation]));
  return outsideCode(escape(text), (piece) => {
    const named = names
      ? piece.replace(names, (label, at) => (/[\p{L}\p{N}]/u.test(piece[at - 1] ?? "") ? label : to.get(label)))
      : piece;
    const called = named.replace(/(^|\s)@(here|channel|everyone)(?![\p{L}\p{N}_.-])/gu, "$1<!$2>");
    return links ? called.replace(/(^|[\s(])(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)"'\]])/g, "$1<$2>") : called;
  });
}

const outsideCode = (text, change) =>
  text
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((piece, at) => (at % 2 ? piece : change(piece)))
    .join("");

/** A sent text as one would have typed it, with its picks. */
export function toDraft(slackText) {
  const picks = new Picks();
  const text = slackText.replace(/<([^<>]+)>/g, (whole, inner) => {
    const [target, label] = inner.split("|");
    if (/^@[UWB]/.test(target)) return picks.person(target.slice(1));
    if (/^#[CGD]/.test(target)) return picks.keep(`#${label ?? target.slice(1)}`, whole);
    if (/^!(here|channel|everyone)$/.test(target)) return `@${target.slice(1)}`;
    if (/^(https?|mailto):/.test(target) && (!label || label === target)) return target;
    return picks.keep(plain(label ?? target), whole);
  });
  return { text: plain(text), picks };
}
