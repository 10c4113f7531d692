"""Slows down who guesses: after failures the next try has to wait, and nobody is ever locked out."""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from threading import Lock

from flask import Flask, Response, current_app, request

from site_api.errors import Problem
from site_api.installation import installation
from site_api.rate_limits import KEY_BYTES, MOST_BUCKETS, Networks
from site_api.reviewers.credentials import Refused, note_failures
from site_api.texts import language_of_page

PACE = "piagam112.pace"
FREE = 5
MANY = 100
LONGEST_S = 42
FORGOTTEN = timedelta(hours=1)


class Slowed(Exception):
    """Say in how many seconds the next try is looked at."""

    def __init__(self, wait_s: int) -> None:
        """Keep the seconds."""
        super().__init__(wait_s)
        self.wait_s = wait_s


@dataclass
class _Tries:
    last_at: datetime
    count: int = 0


@dataclass
class _Counts:
    """Hold the newest keys only, each for an hour after its last try."""

    _held: OrderedDict[bytes, _Tries] = field(default_factory=OrderedDict, repr=False)

    def of(self, key: bytes, now: datetime) -> _Tries | None:
        tries = self._held.get(key)
        # Less than nothing means that the clock was put back: nobody waits until it has caught up.
        return tries if tries and timedelta(0) <= now - tries.last_at <= FORGOTTEN else None

    def put(self, key: bytes, tries: _Tries) -> None:
        self._held[key] = tries
        self._held.move_to_end(key)
        while len(self._held) > MOST_BUCKETS:
            self._held.popitem(last=False)

    def forget(self, key: bytes) -> None:
        self._held.pop(key, None)


class Pace:
    """Count tries of a name, from one network and from all; unknown names are counted like known ones.

    From one network the wait doubles after the fifth failure. Once a name has failed a hundred times in all,
    each network waits 42 seconds, from its first try on: who knows the password gets in with the second,
    however many others are guessing meanwhile.
    """

    def __init__(self) -> None:
        """Begin with no failures; names are known by a key that ends with the process."""
        self._networks = Networks()
        self._key = secrets.token_bytes(KEY_BYTES)
        self._pairs, self._names = _Counts(), _Counts()
        self._lock = Lock()

    def admit(self, name: str, address: str | None, now: datetime) -> int:
        """Count a try as failed before it is looked at, and give how many of this name did; raises Slowed."""
        pair, whole = self._keys(name, address, now)
        with self._lock:
            here = self._pairs.of(pair, now) or _Tries(now)
            everywhere = self._names.of(whole, now) or _Tries(now)
            if wait_s := self._wait_s(here, everywhere, now):
                self._pairs.put(pair, here)
                raise Slowed(wait_s)
            self._pairs.put(pair, _Tries(now, here.count + 1))
            self._names.put(whole, _Tries(now, everywhere.count + 1))
            return everywhere.count + 1

    def give_back(self, name: str, address: str | None, now: datetime) -> None:
        """Take back one try, because nothing was compared in it."""
        for counts, key in zip((self._pairs, self._names), self._keys(name, address, now), strict=True):
            with self._lock:
                tries = counts.of(key, now)
                if tries is not None:
                    tries.count -= 1

    def forgive(self, name: str, address: str | None, now: datetime) -> None:
        """Forget what failed from this network, because the right person came."""
        pair, _ = self._keys(name, address, now)
        with self._lock:
            self._pairs.forget(pair)

    def _wait_s(self, here: _Tries, everywhere: _Tries, now: datetime) -> int:
        needed = min(2 ** min(here.count - FREE, 6), LONGEST_S) if here.count >= FREE else 0
        if everywhere.count >= MANY:
            needed = LONGEST_S
        return max(0, needed - int((now - here.last_at).total_seconds()))

    def _keys(self, name: str, address: str | None, now: datetime) -> tuple[bytes, bytes]:
        whole = hmac.digest(self._key, name.encode(), hashlib.sha256)
        return whole + self._networks.name(address, now), whole


@contextmanager
def slowly(name: str) -> Iterator[None]:
    """Run what needs a proof of this name, at the pace that its failures left; raises Slowed."""
    place, pace = installation(), current_app.extensions[PACE]
    now = place.now()
    count = pace.admit(name, request.remote_addr, now)
    try:
        yield
    except Refused:
        if count in (FREE, MANY):
            note_failures(place, name, count)
        raise
    except Problem:
        pace.give_back(name, request.remote_addr, now)
        raise
    pace.forgive(name, request.remote_addr, now)


def answer(error: Refused | Slowed, show: Callable[[int, dict[str, str]], Response]) -> Response:
    """Show the form again, and say what to do; of what was wrong nothing."""
    say = partial(installation().texts.say, language_of_page(request.path))
    title = say("sign_in.refused")
    if not isinstance(error, Slowed):
        return show(HTTPStatus.FORBIDDEN, {"title": title, "detail": say("sign_in.refused_detail")})
    detail = say("sign_in.slowed", seconds=error.wait_s)
    response = show(HTTPStatus.TOO_MANY_REQUESTS, {"title": title, "detail": detail})
    response.headers["Retry-After"] = str(error.wait_s)
    return response


def init_app(app: Flask) -> None:
    """Give an app its own count."""
    app.extensions[PACE] = Pace()
