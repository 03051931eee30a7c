"""Dates as RFC 2822 writes them, section 3.3, with the zone names of section 4.3."""

import datetime
import re
from typing import NamedTuple

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_ZONE_HOURS = {
    "UT": 0,
    "GMT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_DATE = re.compile(
    r"(?:(?P<weekday>[A-Za-z]{3})\s*,\s*)?(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3})\s+"
    r"(?P<year>\d{4})\s+(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s+"
    r"(?P<zone>[+-]\d{4}|[A-Za-z]{1,5})(?:\s*\([^()]{0,40}\))?",
    re.ASCII,
)


class Moment(NamedTuple):
    """A date with its weekday as written (empty if it is left out) and as it should be."""

    moment: datetime.datetime
    weekday_written: str
    weekday: str


def parse(text: str) -> Moment | None:
    """The moment; None for anything that RFC 2822 does not allow."""
    match = _DATE.fullmatch(text.strip()[:100])
    if match is None or match["month"].title() not in MONTHS:
        return None
    offset = _offset(match["zone"])
    weekday = (match["weekday"] or "").title()
    if offset is None or (weekday and weekday not in WEEKDAYS):
        return None
    try:
        moment = datetime.datetime(
            int(match["year"]),
            MONTHS.index(match["month"].title()) + 1,
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"]),
            # A leap second, which datetime does not know.
            min(int(match["second"] or 0), 59) if match["second"] == "60" else _second(match),
            tzinfo=datetime.timezone(offset),
        )
        moment = moment.astimezone(datetime.UTC)
        local = moment + offset
    except (ValueError, OverflowError):
        return None
    return Moment(moment, weekday, WEEKDAYS[local.weekday()])


def _second(match: re.Match[str]) -> int:
    return int(match["second"] or 0)


def _offset(zone: str) -> datetime.timedelta | None:
    if zone[0] in "+-":
        hours, minutes = int(zone[1:3]), int(zone[3:])
        if hours > 23 or minutes > 59:
            return None
        size = datetime.timedelta(hours=hours, minutes=minutes)
        return -size if zone[0] == "-" else size
    hours_of_name = _ZONE_HOURS.get(zone.upper())
    return None if hours_of_name is None else datetime.timedelta(hours=hours_of_name)
