// The list of conversations: channels, apps, direct messages, and who I am.
import { choosePerson, switchPerson } from "./chooser.js";
import { h, slot } from "./dom.js";
import { icon } from "./icons.js";
import { badge, everybody, face, isBot, nameOf, organisationOf, person, writeTo } from "./people.js";
import { addressOf, go, place, session } from "./session.js";
import { t } from "./words.js";

const unreadBadge = (n) =>
  n ? h("span", { class: "unread", "aria-label": t("unread", { n }) }, n > 99 ? "99+" : String(n)) : null;

function row({ where, current, mark, name, unread, extra, testid, id }) {
  return h(
    "li",
    {},
    h(
      "a",
      {
        class: `side-row ${unread ? "has-unread" : ""}`,
        href: addressOf(where),
        "aria-current": current ? "page" : null,
        "data-testid": testid,
        "data-id": id,
        "data-key": `side-${id}`,
        onclick: (event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          go(where);
        },
      },
      mark,
      h("span", { class: "side-name" }, name),
      extra,
      unreadBadge(unread),
    ),
  );
}

function group(title, rows, tool) {
  if (!rows.length && !tool) return null;
  return h(
    "section",
    { class: "side-group" },
    h("div", { class: "side-group-head" }, h("h2", {}, title), tool),
    h("ul", {}, rows),
  );
}

function channelRow(one, now) {
  return row({
    where: { channel: one.id },
    current: now.channel === one.id && !now.home,
    mark: icon(one.is_private ? "lock" : "hash"),
    name: one.name,
    unread: one.unread,
    extra: one.is_archived && h("small", { class: "dim" }, t("archived")),
    testid: "channel",
    id: one.id,
  });
}

function dmRow(one, now) {
  return row({
    where: { channel: one.id },
    current: now.channel === one.id && !now.home,
    mark: face(one.user, nameOf(one.user), "face-small"),
    name: nameOf(one.user),
    unread: one.unread,
    extra: badge(one.user),
    testid: "dm",
    id: one.id,
  });
}

function homeRow(one, now) {
  const dm = session.sidebar.dms.find((each) => each.user === one.bot_user);
  return row({
    where: { home: one.app_id },
    current: now.home === one.app_id || (dm && now.channel === dm.id),
    mark: face(one.bot_user, one.name, "face-small"),
    name: one.name,
    unread: dm?.unread,
    testid: "app-home",
    id: one.app_id,
  });
}

async function newDm() {
  const bots = everybody().filter((one) => isBot(one.id) && !one.deleted);
  const chosen = await choosePerson({ title: t("start_dm_who"), extra: bots });
  if (chosen) await writeTo(chosen);
}

/** The sidebar. `update()` after the sidebar's facts or the place changed; `drawer(on)` on a narrow page. */
export function sidebar(extras) {
  const lists = slot("nav", { class: "side-lists", "aria-label": t("workspace") });
  const foot = h(
    "button",
    {
      class: "side-me",
      type: "button",
      "data-testid": "switch-person",
      title: t("choose_switch"),
      "aria-label": `${t("you_are", { name: nameOf(session.as) })}. ${t("choose_switch")}`,
      onclick: () => switchPerson(place()),
    },
    face(session.as),
    h(
      "span",
      { class: "who-facts" },
      h("strong", {}, nameOf(session.as)),
      h(
        "small",
        {},
        [person(session.as)?.title, organisationOf(session.as)]
          .filter(Boolean)
          .filter((one, at, all) => !at || !all[0].includes(one))
          .join(" · "),
      ),
    ),
    icon("chevron"),
  );
  const head = h(
    "div",
    { class: "side-head" },
    h("strong", { class: "side-title" }, session.boot.name),
    h(
      "button",
      { class: "icon-btn narrow-only", type: "button", "aria-label": t("close"), onclick: () => drawer(false) },
      icon("close"),
    ),
  );
  const node = h("aside", { class: "sidebar", id: "sidebar", "data-testid": "sidebar" }, head, foot, lists.node, extras);
  const shade = h("div", { class: "shade", onclick: () => drawer(false) });

  function drawer(on) {
    document.body.classList.toggle("drawer-open", on);
    document.querySelector("[aria-controls=sidebar]")?.setAttribute("aria-expanded", String(on));
    if (on) node.querySelector("a,button")?.focus({ preventScroll: true });
  }
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") drawer(false);
  });

  function update() {
    const { channels, dms, app_homes: homes } = session.sidebar;
    const now = place();
    const bots = new Set(homes.map((one) => one.bot_user));
    lists.show([session.sidebar, now.channel, now.home], () => [
      group(
        t("channels"),
        channels.filter((one) => one.is_member).map((one) => channelRow(one, now)),
      ),
      group(
        t("other_channels"),
        channels.filter((one) => !one.is_member).map((one) => channelRow(one, now)),
      ),
      group(
        t("apps"),
        homes.map((one) => homeRow(one, now)),
      ),
      group(
        t("dms"),
        dms.filter((one) => !bots.has(one.user) && one.user !== session.as).map((one) => dmRow(one, now)),
        h(
          "button",
          {
            class: "icon-btn",
            type: "button",
            "aria-label": t("start_dm"),
            title: t("start_dm"),
            "data-testid": "start-dm",
            "data-key": "start-dm",
            onclick: newDm,
          },
          icon("plus"),
        ),
      ),
    ]);
    const unread = [...channels.filter((one) => one.is_member), ...dms].reduce((sum, one) => sum + (one.unread ?? 0), 0);
    document.title = `${unread ? `(${unread}) ` : ""}${nameOf(session.as)} · ${session.boot.name}`;
  }

  return { node, shade, update, drawer };
}
