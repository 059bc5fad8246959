// Live news from the workspace. After a gap everything shown is read again.
import { h } from "./dom.js";
import { t } from "./words.js";

const QUIET_MS = 40_000;

/** Listens for `user`; `hear(event)` gets each piece of news, `reread()` runs after every gap. */
export function listen(user, hear, reread) {
  const sign = h("div", { class: "offline", role: "status", hidden: true, "data-testid": "offline" });
  document.body.append(sign);
  let source,
    last,
    pause = 500,
    lost = true;

  function open() {
    source = new EventSource(`/client/stream?user=${encodeURIComponent(user)}`);
    last = Date.now();
    source.onopen = () => {
      pause = 500;
      sign.hidden = true;
      if (lost) reread();
      lost = false;
    };
    source.onmessage = (message) => {
      last = Date.now();
      const event = JSON.parse(message.data);
      if (event.type !== "ping") hear(event);
    };
    source.onerror = again;
  }

  function again() {
    source.close();
    lost = true;
    sign.textContent = t("offline");
    sign.hidden = false;
    setTimeout(open, pause);
    pause = Math.min(pause * 2, 8000);
  }

  open();
  setInterval(() => {
    if (!lost && Date.now() - last > QUIET_MS) again();
  }, 5000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !lost) reread();
  });
}

/** Makes `load` safe to call at every piece of news: one runs at a time, and one more after it if asked meanwhile. */
export function coalesced(load) {
  let running = null,
    again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await load();
      } while (again);
    })().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Makes acts run one after the other, as they were asked for; one that fails does not keep the next from its turn. */
export function inTurn() {
  let last = Promise.resolve();
  return async function run(act) {
    const before = last;
    const mine = Promise.withResolvers();
    last = mine.promise;
    await before;
    try {
      return await act();
    } finally {
      mine.resolve();
    }
  };
}
