"""How often one network may do something: bounded buckets in memory, addresses only as hashes of the day."""

import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from socket import AF_INET, AF_INET6, inet_pton
from threading import Lock

WINDOW = timedelta(hours=1)
MOST_BUCKETS = 20_000
KEY_BYTES = 32
V6_PREFIX_BYTES = 8
V4_IN_V6 = bytes(10) + b"\xff\xff"


@dataclass
class _Bucket:
    tokens: int
    full_at: datetime

    def is_full(self, now: datetime) -> bool:
        # Over an hour ahead means that the clock was put back: nobody is shut out until it has caught up.
        return not now < self.full_at <= now + WINDOW


@dataclass
class Buckets:
    """Hold one bucket of tokens a network; each is full again an hour after its first token went."""

    name: str
    quota: int
    most: int = MOST_BUCKETS
    _held: OrderedDict[bytes, _Bucket] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def take(self, key: bytes, now: datetime) -> bool:
        """Take a token, if there is one."""
        with self._lock:
            bucket = self._held.get(key)
            if bucket is None or bucket.is_full(now):
                bucket = self._fill(key, now)
            if bucket.tokens == 0:
                return False
            bucket.tokens -= 1
            return True

    def give_back(self, key: bytes) -> None:
        """Put back a token that turned out not to be spent."""
        with self._lock:
            bucket = self._held.get(key)
            if bucket is not None:
                bucket.tokens = min(self.quota, bucket.tokens + 1)

    def left(self, key: bytes, now: datetime) -> tuple[int, int]:
        """Give how many tokens are left, and in how many seconds the bucket is full again."""
        with self._lock:
            bucket = self._held.get(key)
            if bucket is None or bucket.is_full(now):
                return self.quota, int(WINDOW.total_seconds())
            return bucket.tokens, ceil((bucket.full_at - now).total_seconds())

    def _fill(self, key: bytes, now: datetime) -> _Bucket:
        self._held.pop(key, None)
        while len(self._held) >= self.most:
            self._held.popitem(last=False)
        bucket = self._held[key] = _Bucket(self.quota, now + WINDOW)
        return bucket


@dataclass
class Networks:
    """Give a network its name for today; with tomorrow's key nobody can tell that it is the same."""

    _day: date | None = None
    _key: bytes = field(default=b"", repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def name(self, address: str | None, now: datetime) -> bytes:
        """Give the keyed hash of the network that an address lies in."""
        with self._lock:
            if self._day != now.date():
                self._day, self._key = now.date(), secrets.token_bytes(KEY_BYTES)
            return hmac.digest(self._key, prefix_of(address), "sha256")


def prefix_of(address: str | None) -> bytes:
    """Give the part of an address that one subscriber holds: all of IPv4, the first 64 bits of IPv6.

    What is no address, such as that of a local socket, is one network.
    """
    host = (address or "").partition("%")[0]  # what follows names a card of this machine
    try:
        if ":" not in host:
            return inet_pton(AF_INET, host)
        packed = inet_pton(AF_INET6, host)
    except (OSError, ValueError):
        return b""
    return packed.removeprefix(V4_IN_V6) if packed.startswith(V4_IN_V6) else packed[:V6_PREFIX_BYTES]
