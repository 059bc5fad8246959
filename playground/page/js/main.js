// Puts the page together: who, where, and what the workspace says.
import { actAs, explain, read, Refused } from "./api.js";
import { welcome } from "./chooser.js";
import { clock } from "./clock.js";
import { conversation, dmUser } from "./conversation.js";
import { h, append } from "./dom.js";
import { appPane } from "./home.js";
import { icon } from "./icons.js";
import { note } from "./menu.js";
import { modals } from "./modal.js";
import { know, person } from "./people.js";
import { addressOf, go, onMove, place, session } from "./session.js";
import { sidebar } from "./sidebar.js";
import { steps } from "./steps.js";
import { coalesced, listen } from "./stream.js";
import { keepMoves } from "./times.js";
import { speak, t } from "./words.js";

window.addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Refused)) return;
  event.preventDefault();
  note(explain(event.reason));
});

async function start() {
  speak(session.lang);
  localStorage.setItem("lang", session.lang);
  session.boot = await read("/client/boot");
  know(session.boot);
  session.me = person(session.as);
  const root = document.getElementById("page");
  const banner = session.boot.banner?.[session.lang];
  const notice =
    banner && h("div", { class: "banner", role: "note", "data-testid": "banner" }, icon("info"), h("span", {}, banner));
  if (!session.me) {
    root.replaceChildren(...[notice, welcome()].filter(Boolean));
    document.title = `${t("choose_title")} · ${session.boot.name}`;
    return;
  }
  actAs(session.as);
  await workspace(root, notice);
}

async function workspace(root, notice) {
  session.sidebar = await read("/client/sidebar", { user: session.as });
  keepMoves(session.boot.clock.moves);
  const time = clock(session.boot.clock.now);
  const side = sidebar();
  const main = h("main", { class: "panes" });
  const windows = modals();
  root.replaceChildren();
  append(root, [
    notice,
    topBar(side, time),
    h("div", { class: "body" }, side.shade, side.node, h("div", { class: "stage" }, steps(), main)),
  ]);

  let pane = null,
    thread = null,
    at = {},
    opened = null;
  const readSidebar = coalesced(async () => {
    session.sidebar = await read("/client/sidebar", { user: session.as });
    side.update();
  });

  /** Whether one can see a conversation; a new one may be younger than the list. */
  async function known(channel) {
    const listed = () => [...session.sidebar.channels, ...session.sidebar.dms].some((one) => one.id === channel);
    if (channel && !listed()) await readSidebar();
    return listed();
  }

  async function show() {
    const now = place();
    const app = session.sidebar.app_homes.find((one) => one.app_id === now.home);
    if (!app && !(await known(now.channel))) {
      go({ channel: firstPlace() }, { replace: true });
      return;
    }
    if (JSON.stringify(place()) !== JSON.stringify(now)) return;
    if (now.channel !== at.channel || now.home !== at.home) {
      pane = app ? appPane(app) : conversation(now.channel);
      thread = null;
      main.replaceChildren(pane.node);
      opened = app ? null : pane.load();
    }
    if (now.thread !== thread?.thread && (now.thread || thread)) {
      thread?.node.remove();
      thread = now.thread ? conversation(now.channel, { thread: now.thread }) : null;
      if (thread) main.append(thread.node);
    }
    main.classList.toggle("with-thread", Boolean(thread));
    at = now;
    side.update();
    if (thread) {
      await thread.load();
      if (!now.message) thread.focus();
    }
    await opened;
    if (now.message) (thread ?? pane).toMessage?.(now.message);
    await readSidebar();
  }

  function hear(event) {
    if (event.type === "messages" || event.type === "ephemeral") readMessages(event.channel);
    else if (event.type === "sidebar")
      readSidebar().then(() => {
        if (pane?.channel && !dmUser(pane.channel)) pane.load();
      });
    else if (event.type === "modal") windows.load();
    else if (event.type === "home" && event.app === at.home) pane.load();
    else if (event.type === "clock") {
      keepMoves(event.moves);
      time.hear(event.now);
    }
  }

  /** Reading makes read, so a window nobody looks at waits until it is seen again; the counts come after. */
  async function readMessages(channel) {
    if (!document.hidden) await Promise.all([pane, thread].filter((one) => one?.channel === channel).map((one) => one.load()));
    await readSidebar();
  }

  onMove(() => {
    side.drawer(false); // at once: one that is opened later stays open
    show();
  });
  show();
  windows.load();
  listen(session.as, hear, () => {
    readSidebar();
    pane?.load();
    thread?.load();
    windows.load();
    time.reread();
  });
}

/** Where the steps begin if one belongs there, else one's first channel, else any conversation. */
function firstPlace() {
  const { channels, dms } = session.sidebar;
  const mine = channels.filter((one) => one.is_member && !one.is_archived);
  return (mine.find((one) => one.id === session.boot.steps?.[0]?.channel) ?? mine[0] ?? channels[0] ?? dms[0])?.id;
}

function topBar(side, time) {
  const lang = session.lang === "ko" ? "en" : "ko";
  const language = h(
    "a",
    {
      class: "btn btn-small language",
      lang,
      hreflang: lang,
      "data-testid": "language",
      href: addressOf({ ...place(), lang }),
      onclick: (event) => {
        event.currentTarget.href = addressOf({ ...place(), lang });
      },
    },
    t("other_language"),
  );
  return h(
    "header",
    { class: "top" },
    h(
      "button",
      {
        class: "icon-btn narrow-only",
        type: "button",
        "aria-label": t("open_sidebar"),
        "aria-controls": "sidebar",
        "aria-expanded": "false",
        "data-testid": "open-sidebar",
        onclick: () => side.drawer(true),
      },
      icon("menu"),
    ),
    h("strong", { class: "top-title" }, session.boot.name),
    time.node,
    language,
  );
}

start().catch((error) => {
  document
    .getElementById("page")
    .replaceChildren(h("p", { class: "welcome", role: "alert" }, error instanceof Refused ? explain(error) : String(error)));
  if (!(error instanceof Refused)) throw error;
});
