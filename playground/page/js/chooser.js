// Choosing a person: who I am in this window, or whom I mean.
import { dialog } from "./dialog.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { face, humans, nameOf, organisationOf } from "./people.js";
import { addressOf, place, session } from "./session.js";
import { t } from "./words.js";

/** People by organisation, in the world's order. */
function byOrganisation(people) {
  const names = new Set([...Object.keys(session.boot.organisations ?? {}), ...people.map((one) => organisationOf(one.id))]);
  return [...names]
    .map((name) => [name, people.filter((one) => organisationOf(one.id) === name)])
    .filter(([, found]) => found.length);
}

function facts(one) {
  return h(
    "span",
    { class: "who-facts" },
    h("strong", {}, nameOf(one.id), one.id === session.as ? h("span", { class: "dim" }, ` (${t("you")})`) : ""),
    h("small", { class: "dim" }, [one.title, one.guest && t("guest")].filter(Boolean).join(" · ")),
  );
}

/** Cards of everybody by organisation; each is a link, so it also opens in a new window. */
function cards(hrefOf) {
  return byOrganisation(humans()).map(([name, people]) =>
    h(
      "section",
      { class: "who-team", "aria-label": name },
      h("h2", {}, name),
      h(
        "div",
        { class: "who-grid" },
        people.map((one) =>
          h(
            "div",
            { class: "who-cell" },
            h(
              "a",
              {
                class: "who",
                href: hrefOf(one.id),
                "data-testid": "who",
                "data-user": one.id,
                "aria-current": one.id === session.as ? "true" : null,
              },
              face(one.id),
              facts(one),
            ),
            h(
              "a",
              {
                class: "icon-btn who-window",
                href: hrefOf(one.id),
                target: "_blank",
                rel: "noopener",
                "aria-label": `${nameOf(one.id)}: ${t("open_window")}`,
                title: t("open_window"),
              },
              icon("window"),
            ),
          ),
        ),
      ),
    ),
  );
}

/** The first page: nobody is chosen yet. */
export function welcome() {
  const lang = session.lang === "ko" ? "en" : "ko";
  return h(
    "main",
    { class: "welcome", "data-testid": "welcome" },
    h(
      "div",
      { class: "welcome-head" },
      h("p", { class: "dim" }, session.boot.name),
      h(
        "a",
        { class: "btn btn-small", href: addressOf({ ...place(), lang }), hreflang: lang, lang, "data-testid": "language" },
        t("other_language"),
      ),
    ),
    h("h1", {}, t("choose_title")),
    h("p", { class: "lead" }, t("choose_lead")),
    cards((id) => addressOf({ ...place(), as: id })),
  );
}

/** The same in a dialog, over the conversation one is in. */
export function switchPerson(where) {
  const shell = dialog({ title: t("choose_title"), testid: "chooser", wide: true });
  shell.body.append(h("p", { class: "dim" }, t("choose_lead")), ...cards((id) => addressOf({ ...where, as: id })));
  shell.body.querySelector("[aria-current] , .who")?.focus();
}

/** Asks for one person; resolves to the id, or null. `except(id)` leaves people out. */
export function choosePerson({ title, except = () => false, extra = [] }) {
  return new Promise((resolve) => {
    const shell = dialog({
      title,
      testid: "choose-person",
      onclose: (how, close) => {
        close();
        resolve(null);
      },
    });
    const search = h("input", {
      class: "field",
      type: "search",
      placeholder: t("search"),
      "aria-label": t("search"),
      "data-testid": "person-search",
    });
    const list = h("div", { class: "people-list" });
    const everyone = [...extra, ...humans()].filter((one) => one.id !== session.as && !except(one.id));
    const choose = (id) => {
      shell.close();
      resolve(id);
    };
    const draw = () => {
      const word = search.value.trim().toLowerCase();
      const found = everyone.filter((one) =>
        [nameOf(one.id), one.name, one.title].some((text) => (text ?? "").toLowerCase().includes(word)),
      );
      list.replaceChildren(
        ...found.map((one) =>
          h(
            "button",
            { class: "person-row", type: "button", "data-user": one.id, onclick: () => choose(one.id) },
            face(one.id, nameOf(one.id), "face-small"),
            h("span", {}, nameOf(one.id)),
            h("small", { class: "dim" }, [one.title, organisationOf(one.id)].filter(Boolean).join(" · ")),
          ),
        ),
      );
      if (!found.length) list.append(h("p", { class: "dim" }, t("no_match")));
    };
    search.addEventListener("input", draw);
    draw();
    shell.body.append(search, list);
    search.focus();
  });
}
