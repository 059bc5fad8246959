// Dates and times as people here write them.
import { session } from "./session.js";
import { spoken, t } from "./words.js";

const DAYS = { ko: ["일", "월", "화", "수", "목", "금", "토"], en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] };
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (n) => String(n).padStart(2, "0");
const zone = () => session.me?.tz || "Asia/Seoul";

const formats = new Map();

/** Wall-clock parts of an instant in the person's zone. */
function parts(date) {
  if (!formats.has(zone())) {
    formats.set(
      zone(),
      new Intl.DateTimeFormat("en-GB", {
        timeZone: zone(),
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
        hourCycle: "h23",
      }),
    );
  }
  const found = Object.fromEntries(
    formats
      .get(zone())
      .formatToParts(date)
      .map((part) => [part.type, Number(part.value)]),
  );
  return { y: found.year, m: found.month, d: found.day, hour: found.hour, minute: found.minute, second: found.second };
}

const weekday = ({ y, m, d }) => new Date(Date.UTC(y, m - 1, d)).getUTCDay();
const dayText = (p) =>
  spoken() === "ko"
    ? `${p.y}. ${p.m}. ${p.d}.(${DAYS.ko[weekday(p)]})`
    : `${DAYS.en[weekday(p)]} ${p.d} ${MONTHS[p.m - 1]} ${p.y}`;
const clockPart = (p) => `${two(p.hour)}:${two(p.minute)}`;

/** An ISO time with its own offset, as it stands on the wall there: `2026. 11. 23.(월) 09:00`. */
export function wallText(iso) {
  const [, y, m, d, hour, minute] = iso.match(/^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/).map(Number);
  const p = { y, m, d, hour, minute };
  return `${dayText(p)} ${clockPart(p)}`;
}

/** What a field for a date, a time or both holds, as people write it: `2026-12-05T14:00` is `2026. 12. 5.(토) 14:00`. */
export function momentText(value) {
  const [day, time] = value.includes("-") ? value.split("T") : [null, value];
  const [y, m, d] = (day ?? "").split("-").map(Number);
  return [day && dayText({ y, m, d }), time].filter(Boolean).join(" ");
}

const known = new Map();

/** Parts of an instant. Formatting is slow and every message asks several times. */
function instant(epoch) {
  if (!known.has(epoch)) known.set(epoch, parts(new Date(Number(epoch) * 1000)));
  return known.get(epoch);
}

/** The clock's moves: from a real second on, so many seconds ahead. */
let moves = [[0, 0]];
export const keepMoves = (list) => (moves = list);

/** What the business clock said at a real second: a ts is real, and a reader looks at the clock above. */
const business = (ts) => Number(ts) + moves.findLast(([from]) => from <= Number(ts))[1];
const fromTs = (ts) => instant(business(ts));

const keyOf = (p) => `${p.y}-${two(p.m)}-${two(p.d)}`;

/** The present minute of the business clock, moves of this very minute included. */
const thisMinute = () => Math.floor(business(Date.now() / 1000) / 60) * 60;

/** The heading of a day: today, yesterday, or the date. */
function labelOf(epoch) {
  const now = thisMinute();
  const key = keyOf(instant(epoch));
  if (key === keyOf(instant(now))) return t("today");
  if (key === keyOf(instant(now - 86_400))) return t("yesterday");
  return dayText(instant(epoch));
}

export const timeOf = (ts) => clockPart(fromTs(ts));
export const fullTime = (ts) => `${dayText(fromTs(ts))} ${clockPart(fromTs(ts))}`;
export const dayKey = (ts) => keyOf(fromTs(ts));
export const dayLabel = (ts) => labelOf(business(ts));

/** `14:05` for today, else the date too. */
export const shortTime = (ts) =>
  dayKey(ts) === keyOf(instant(thisMinute())) ? timeOf(ts) : `${dayLabel(ts)} ${timeOf(ts)}`;

/** Slack's date notation: `{date} at {time}` filled for an instant. */
export function dateFormat(epoch, pattern) {
  const p = instant(epoch);
  const long = dayText(p);
  const near = labelOf(epoch);
  const tokens = {
    date: long,
    date_num: `${p.y}-${two(p.m)}-${two(p.d)}`,
    date_slash: `${p.y}/${two(p.m)}/${two(p.d)}`,
    date_long: long,
    date_long_full: long,
    date_short: long,
    date_long_pretty: near,
    date_pretty: near,
    date_short_pretty: near,
    day_divider_pretty: near,
    time: clockPart(p),
    time_secs: `${clockPart(p)}:${two(p.second)}`,
    ago: `${near} ${clockPart(p)}`,
  };
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => tokens[name] ?? whole);
}

/** `2026-11-23T09:00` in the person's zone to seconds since 1970, and back. */
export function toEpoch(local) {
  const guess = Date.parse(`${local}Z`) / 1000;
  const p = instant(guess);
  const shown = Date.UTC(p.y, p.m - 1, p.d, p.hour, p.minute) / 1000;
  return guess - (shown - guess);
}
export function fromEpoch(epoch) {
  const p = instant(epoch);
  return `${p.y}-${two(p.m)}-${two(p.d)}T${clockPart(p)}`;
}
