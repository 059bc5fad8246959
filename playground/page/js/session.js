// What this window is: which person, which language, which conversation. All of it is in the address.

const address = new URLSearchParams(location.search);

export const session = {
  lang: address.get("lang") || (navigator.language.startsWith("ko") ? "ko" : localStorage.getItem("lang") || "ko"),
  as: address.get("as"),
  boot: null,
  me: null,
  /** @type {{channels: object[], dms: object[], app_homes: object[]}} */
  sidebar: { channels: [], dms: [], app_homes: [] },
};

/** Where the window is: a conversation with maybe a thread, or the Home of an app. */
export function place() {
  const now = new URLSearchParams(location.search);
  return { channel: now.get("c"), thread: now.get("t"), home: now.get("home"), message: now.get("m") };
}

/** The address of a place, for this person and language unless told otherwise. */
export function addressOf({ as = session.as, lang = session.lang, channel, thread, home, message } = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ as, lang, c: channel, t: thread, home, m: message }))
    if (value) query.set(name, value);
  return `${location.pathname}?${query}`;
}

const listeners = new Set();

/** Calls `hear` whenever the window goes to another place. */
export const onMove = (hear) => listeners.add(hear);

/** Goes to a place; `replace` leaves no step to come back to. */
export function go(where, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", addressOf(where));
  for (const hear of listeners) hear();
}

window.addEventListener("popstate", () => {
  for (const hear of listeners) hear();
});

/** A small memory of this window, lost with it. */
export const memory = {
  get: (key) => sessionStorage.getItem(`${session.as}:${key}`),
  set: (key, value) =>
    value ? sessionStorage.setItem(`${session.as}:${key}`, value) : sessionStorage.removeItem(`${session.as}:${key}`),
};
