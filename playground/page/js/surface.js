// Where blocks are (a message, a view, a Home) and how what is pressed there reaches the app.
import { act, explain, Refused } from "./api.js";
import { h } from "./dom.js";
import { confirm } from "./dialog.js";
import { Form } from "./form.js";
import { icon } from "./icons.js";
import { plainText, textObject } from "./mrkdwn.js";
import { t } from "./words.js";

/** `container` is Slack's: {type: "message", channel, ts}, {type: "view", view_id} or {type: "home"}. `list()` gives the blocks shown now. */
export function surface({ app, container, list }) {
  const form = new Form({ sticky: container.type === "view" });
  return {
    app,
    container,
    form,
    click: (blockId, actionId, fields) =>
      act("click", { app, container, block_id: blockId, action_id: actionId, state: form.snapshot(inputsOf(list())), ...fields }),
    suggest: (blockId, actionId, value) => act("suggest", { app, container, block_id: blockId, action_id: actionId, value }),
  };
}

/** Every block with something to fill in, those inside containers too. */
export const inputsOf = (blocks) => blocks.flatMap((block) => (block.child_blocks ? inputsOf(block.child_blocks) : [block]));

/** Asks first if the element has a confirm dialog; true means go on. */
export async function sure(element) {
  const asked = element.confirm;
  if (!asked) return true;
  return confirm({
    title: asked.title?.text ?? t("ok"),
    text: textObject(asked.text),
    yes: plainText(asked.confirm?.text ?? t("ok")),
    no: plainText(asked.deny?.text ?? t("cancel")),
    danger: asked.style === "danger",
  });
}

/** Sends what was pressed; meanwhile `node` is busy and cannot be pressed again. A refusal is said beside it. Resolves to true if it went through. */
export async function perform(surface, element, blockId, node, fields) {
  const host = node.closest(".el") ?? node;
  const around = host.closest(".block") ?? host;
  if (host.getAttribute("aria-busy") === "true") return false;
  around.querySelector(".el-warn")?.remove();
  busy(host, true);
  try {
    await surface.click(blockId, element.action_id, fields);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    around.append(h("p", { class: "el-warn", role: "alert", "data-testid": "act-warning" }, icon("warning"), explain(error)));
    return false;
  } finally {
    busy(host, false);
  }
}

function busy(host, on) {
  host.setAttribute("aria-busy", String(on));
  for (const control of host.querySelectorAll("button,input,textarea")) control.setAttribute("aria-disabled", String(on));
}
