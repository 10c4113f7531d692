"""Days, moments and lengths of time, as the pages of the app write them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import click
from flask import Flask

from charter_data.working_days import working_days_between
from site_api.installation import installation

Say = Callable[..., str]

COUNTED_IN_HOURS = timedelta(days=2)
for_a_day = click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="the day it is run for; the city's if left out"
)


def day_of(today: datetime | None) -> date:
    """Give the day that a command is run for; raises ClickException for one that has not come."""
    place = installation()
    now = place.local_date(place.now())
    day = today.date() if today else now
    if day > now:
        raise click.ClickException(f"{day} has not come yet: today is {now}")
    return day


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Give the date in the city at a moment."""
    return moment.astimezone(zone).date()


def day_words(day: date, say: Say) -> str:
    """Give a date as people write it: 8 Desember 2026."""
    return say("dates.day", day=day.day, month=say(f"dates.months.m{day.month:02}"), year=day.year)


def written_day(text: str) -> date:
    """Read a date as programs get it."""
    return date.fromisoformat(text)


def typed_day(text: str, say: Say) -> str:
    """Give a date that somebody typed in words, or as it was typed if it is none."""
    try:
        return day_words(date.fromisoformat(text), say)
    except ValueError:
        return text


def moment_words(moment: datetime, zone: ZoneInfo, say: Say) -> str:
    """Give a moment as people in the city write it: 8 Desember 2026, pukul 09.05 WIB."""
    local = moment.astimezone(zone)
    return say(
        "dates.moment", date=day_words(local, say), hour=local.hour, minute=local.minute, zone=local.tzname()
    )


def days_until(day: date, from_day: date) -> int:
    """Give how many days lie ahead; less than zero once the day is over."""
    return (day - from_day).days


def working_days_until(day: date, from_day: date) -> int:
    """Give how many working days lie ahead; none once the day is over."""
    return working_days_between(from_day, day)


def count_words(number: int, noun: str, say: Say) -> str:
    """Give a number with its noun: 1 hari, 10 hari."""
    return say(f"counts.{noun}.{'one' if number == 1 else 'many'}", n=number)


def length_words(start: datetime, end: datetime, say: Say) -> str:
    """Give how long something lasted: in hours up to two days, then in days."""
    length = end - start
    hours = length // timedelta(hours=1)
    if length >= COUNTED_IN_HOURS:
        return count_words(length.days, "days", say)
    return count_words(hours, "hours", say) if hours else say("counts.under_an_hour")


def today() -> date:
    """Give the date in the city now."""
    return installation().local_date(installation().now())


def now() -> datetime:
    """Give this moment on the clock of the installation."""
    return installation().now()


def init_app(app: Flask) -> None:
    """Give these words to the templates."""
    filters = (
        local_day,
        day_words,
        written_day,
        typed_day,
        moment_words,
        days_until,
        working_days_until,
        count_words,
        length_words,
    )
    app.jinja_env.filters.update({function.__name__: function for function in filters})
    app.jinja_env.globals.update(today=today, now=now)
