// People and organisations: names, faces, badges, and the card one sees on pressing a name.
import { h } from "./dom.js";
import { go, session } from "./session.js";
import { act } from "./api.js";
import { icon } from "./icons.js";
import { popover } from "./menu.js";
import { t } from "./words.js";

const index = new Map();
const apps = new Map();

/** Learns everybody from the boot answer. */
export function know(boot) {
  for (const app of boot.apps) apps.set(app.id, app);
  for (const user of boot.users)
    index.set(user.id, { ...user, app: apps.get(user.app), color: apps.get(user.app)?.color ?? user.color });
}

export const person = (id) => index.get(id);
export const appOf = (id) => apps.get(id);
export const isBot = (id) => Boolean(index.get(id)?.app || index.get(id)?.is_bot);
export const everybody = () => [...index.values()];
export const humans = () => everybody().filter((one) => !isBot(one.id) && !one.deleted);
/** The organisation of somebody: what the world says, else the team's name. */
export function organisationOf(id) {
  const named = Object.entries(session.boot.organisations ?? {}).find(([, members]) => members.includes(id));
  return named ? named[0] : index.get(id)?.team ? teamName(index.get(id).team) : "";
}

export const teamName = (id) => session.boot.teams.find((team) => team.id === id)?.name ?? id;

/** The name people read: a person's real name, an app's own. */
export function nameOf(id) {
  const one = index.get(id);
  if (!one) return id || t("slackbot");
  return one.real_name || one.app?.name || one.name || id;
}

/** A name that no other person has: the organisation is added where two are called the same. */
export function distinctName(id) {
  const name = nameOf(id);
  const twins = everybody().filter((one) => nameOf(one.id) === name);
  return twins.length > 1 ? `${name} (${organisationOf(id)})` : name;
}

/** The part of a name that fits into a face: the given name in Hangul, else initials. */
function initials(name) {
  const bare = name.trim();
  if (/^[가-힣]{3,4}$/.test(bare)) return bare.slice(-2);
  if (/^[가-힣]/.test(bare)) return bare.slice(0, 2);
  return bare
    .split(/[\s._-]+/)
    .slice(0, 2)
    .map((part) => [...part][0] ?? "")
    .join("")
    .toUpperCase();
}

export function face(id, name = nameOf(id), size = "") {
  const color = /^[0-9a-f]{6}$/i.test(index.get(id)?.color ?? "") ? `#${index.get(id).color}` : "var(--face)";
  return h(
    "span",
    { class: `face ${size} ${isBot(id) ? "face-app" : ""}`, style: { "--tint": color }, "aria-hidden": "true" },
    isBot(id) ? icon("robot") : initials(name),
  );
}

/** The organisation of somebody who is not of mine. */
export function badge(id) {
  if (!index.has(id) || isBot(id) || organisationOf(id) === organisationOf(session.as)) return null;
  return h("span", { class: "badge", "data-testid": "org-badge" }, organisationOf(id));
}

export const appBadge = () => h("span", { class: "badge badge-app" }, t("app"));

/** Opens the direct conversation with somebody. */
export async function writeTo(id) {
  const { channel } = await act("open_dm", { with: id });
  go({ channel: typeof channel === "string" ? channel : channel.id });
}

/** The card of a person, beside what was pressed. */
export function showCard(anchor, id) {
  const one = person(id);
  if (!one) return;
  const close = popover(
    anchor,
    h(
      "div",
      { class: "card-person", "data-testid": "person-card" },
      face(id, nameOf(id), "face-big"),
      h("div", {}, h("strong", {}, nameOf(id)), isBot(id) && appBadge()),
      one.title && h("div", {}, one.title),
      h("div", { class: "dim" }, organisationOf(id)),
      one.name && h("div", { class: "dim" }, `@${one.name}`),
      id !== session.as &&
        h(
          "button",
          {
            class: "btn",
            onclick: () => {
              close();
              writeTo(id);
            },
          },
          t("send_message"),
        ),
    ),
    { label: nameOf(id) },
  );
}

/** A name that shows the card when pressed. */
export const nameButton = (id, name = nameOf(id)) =>
  person(id)
    ? h(
        "button",
        { class: "name", type: "button", "data-key": `name-${id}`, onclick: (event) => showCard(event.currentTarget, id) },
        name,
      )
    : h("span", { class: "name" }, name);
