// An app's own place: its Home tab and the messages with it.
import { act, explain, read, Refused } from "./api.js";
import { block } from "./blocks.js";
import { conversation } from "./conversation.js";
import { h, slot } from "./dom.js";
import { icon } from "./icons.js";
import { appBadge, face } from "./people.js";
import { memory, session } from "./session.js";
import { coalesced } from "./stream.js";
import { inputsOf, surface } from "./surface.js";
import { t } from "./words.js";

/** The pane of `app` ({app_id, bot_user, name}), opened at `tab` ("home" or "messages"). Returns {node, load(), channel}. */
export function appPane(app, tab = memory.get(`tab:${app.app_id}`) || "home") {
  const body = h("div", { class: "home-body" });
  const tabs = { home: tabButton("home", "home_tab"), messages: tabButton("messages", "messages_tab") };
  const node = h(
    "section",
    { class: "conversation", "data-testid": "app-pane", "data-app": app.app_id, "aria-label": app.name },
    h(
      "header",
      { class: "pane-head" },
      h("div", { class: "pane-title" }, face(app.bot_user, app.name, "face-small"), h("h2", {}, app.name), appBadge()),
    ),
    h("div", { class: "tabs", role: "tablist", "aria-label": app.name, onkeydown: walk }, Object.values(tabs)),
    body,
  );
  let shown = null;

  function tabButton(name, word) {
    return h(
      "button",
      { class: "tab", type: "button", role: "tab", id: `tab-${name}`, "data-testid": `tab-${name}`, onclick: () => open(name) },
      t(word),
    );
  }

  function walk(event) {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const other = document.activeElement === tabs.home ? "messages" : "home";
    open(other);
    tabs[other].focus();
  }

  async function open(name) {
    tab = name;
    memory.set(`tab:${app.app_id}`, tab);
    for (const [key, button] of Object.entries(tabs)) {
      button.setAttribute("aria-selected", String(key === tab));
      button.tabIndex = key === tab ? 0 : -1;
    }
    const opened = tab === "home" ? homeView(app) : await messagesWith(app);
    if (tab !== name) return;
    shown = opened;
    body.replaceChildren(shown.node);
    await shown.load();
  }

  open(tab);
  return {
    node,
    load: () => shown?.load(),
    /** The direct conversation shown in the messages tab, if any. */
    get channel() {
      return shown?.channel ?? null;
    },
  };
}

async function messagesWith(app) {
  const known = session.sidebar.dms.find((one) => one.user === app.bot_user)?.id;
  const opened = known ?? (await act("open_dm", { with: app.bot_user })).channel;
  return conversation(typeof opened === "string" ? opened : opened.id, { head: false });
}

function homeView(app) {
  const node = h("div", { class: "home", role: "tabpanel", "aria-labelledby": "tab-home", "data-testid": "home" });
  const content = slot("div", { class: "home-blocks" });
  let view = null,
    parts = new Map(),
    opened = false;
  const where = surface({ app: app.app_id, container: { type: "home" }, list: () => inputsOf(view?.blocks ?? []) });
  node.append(content.node);

  async function load() {
    try {
      view = (await read("/client/home", { user: session.as, app: app.app_id, again: opened && "1" })).view;
      opened = true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      content.show(["error", error.message], () => h("p", { class: "dim" }, explain(error)));
      return;
    }
    const blocks = view?.blocks ?? [];
    if (!blocks.length) {
      content.show("empty", () => h("p", { class: "empty dim" }, icon("home"), t("home_empty")));
      return;
    }
    const keep = new Map(
      blocks.map((one, at) => [one.block_id ?? at, parts.get(one.block_id ?? at) ?? slot("div", { class: "block-slot" })]),
    );
    parts = keep;
    content.show(["blocks", view.id, ...keep.keys()], () => [...keep.values()].map((part) => part.node));
    blocks.forEach((one, at) => keep.get(one.block_id ?? at).show(one, () => block(one, where)));
  }

  return { node, load: coalesced(load), channel: null };
}
