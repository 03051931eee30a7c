"""Dates and moments as front matter writes them."""

import datetime

_DAY = datetime.timedelta(days=1)


def parse_moment(text: str) -> datetime.datetime:
    """A date, or a date and time, in ISO 8601 as a moment in UTC; a date alone means its midnight.

    Raises ValueError for anything else.
    """
    try:
        moment = datetime.datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        return moment.astimezone(datetime.UTC)
    except OverflowError as error:
        raise ValueError(f"out of range: {text!r}") from error


def is_after(text: str, now: datetime.datetime) -> bool:
    """Whether a date or moment still lies ahead. Raises ValueError as `parse_moment` does.

    A date alone has begun somewhere on Earth up to a day before it does in UTC.
    """
    moment = parse_moment(text)
    names_time = len(text.strip()) > len("2026-03-31")
    return moment > (now if names_time else now + _DAY)
