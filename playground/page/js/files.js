// A file in a message: what it is, a picture if it is one, and a way to have it.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;

/** Only addresses of the workspace itself are drawn or fetched as they are; another stays a link. */
export function fileCard(file) {
  const name = file.title || file.name;
  const given = file.url_private_download || file.url_private || file.permalink;
  const url = given && URL.canParse(given, location.href) ? new URL(given, location.href) : null;
  const here = url?.origin === location.origin;
  return h(
    "div",
    { class: "file" },
    here && PICTURE.test(file.mimetype ?? "") ? h("img", { class: "picture", src: url.href, alt: name }) : icon("file"),
    h("div", {}, h("div", { class: "file-name" }, name), h("small", { class: "dim" }, facts(file))),
    url && /^https?:$/.test(url.protocol) && download(file, here ? `${url.pathname}${url.search}` : url.href),
  );
}

const facts = (file) => [file.pretty_type || file.filetype, file.size && sizeOf(file.size)].filter(Boolean).join(" · ");

function download(file, href) {
  const said = { "aria-label": `${t("download")}: ${file.name}`, title: t("download"), "data-key": `file-${file.id}` };
  return h("a", { class: "icon-btn", href, download: file.name, ...said }, icon("download"));
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
