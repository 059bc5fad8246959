"""How the dates of the public budget year are told: name, date with weekday, rule, source, and what to look out for."""

from datetime import date

from bot.messages import dates
from bot.rules.presets import Dated, is_to_be_confirmed, needs_checking
from config.presets import Row, Rule, presets
from config.words import Say

YEARS = {-1: "preset-year-before", 0: "preset-year-itself", 1: "preset-year-after"}


def day(one: Dated, say: Say) -> str:
    """The date with its weekday."""
    return dates.day(say, one.on) if one.on else say("preset-agreed")


def moved(one: Dated, say: Say) -> str:
    """Where days off matter, until when it really can or should be done; else ''."""
    if one.on and one.limit and one.limit > one.on:
        return say("preset-until", day=dates.day(say, one.limit))
    if one.on and one.act_by and one.act_by < one.on:
        return say("preset-act-by", day=dates.day(say, one.act_by))
    return ""


def rule(row: Row, say: Say) -> str:
    """The rule in words."""
    match row.rule:
        case Rule.MONTH_DAY:
            days = ", ".join(dates.month_day(say, month, day) for month, day in row.dates)
            return say(YEARS[row.year_offset], days=days)
        case Rule.FY_MINUS_DAYS:
            return say("preset-days-strict" if row.strict else "preset-days-customary", days=str(row.days))
        case Rule.MONTHS_AFTER:
            return say(f"preset-after-{row.counts_from}", months=str(row.months))
        case Rule.AFTER:
            other = next(one for one in presets() if one.key == row.after).name(say.language)
            key = "preset-before-row" if row.days < 0 else "preset-after-row"
            return say(key, name=other, days=str(abs(row.days)))
        case Rule.MANUAL:
            return say("preset-rule-agreed")


def source(row: Row, today: date, say: Say) -> str:
    """Where the rule stands, and whether somebody must look it up."""
    marks = [say("preset-to-confirm")] if is_to_be_confirmed(row) else []
    marks += [say("preset-check-law")] if needs_checking(row, today) else []
    return " · ".join([*marks, row.source])


def line(one: Dated, today: date, say: Say) -> str:
    """One row for a page of text: date, name, rule, source; not escaped."""
    past = [say("preset-past")] if one.is_past(today) else []
    when = " · ".join(part for part in (day(one, say), moved(one, say)) if part)
    parts = [when, one.row.name(say.language), rule(one.row, say), source(one.row, today, say), *past]
    return " | ".join(parts)
