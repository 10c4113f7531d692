"""Whether the time of a lookup tells of a code: hit beside miss, nearly right beside all wrong."""

import json
import random
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from math import sqrt
from pathlib import Path
from statistics import fmean, median, variance
from urllib.parse import urlsplit

from benchmarks.intake import BODY
from benchmarks.servers import served
from site_api.intake import CODE_LENGTH, CROCKFORD

EACH = 2000
CASES = 200
WARM_UP = 100
MOST_T = 4.5  # the threshold of test vector leakage assessment (ISO/IEC 17825)
LIMITS = "submissions=9999999,codes=9999999,system=9999999,all_codes=9999999"
JSON = {"Content-Type": "application/json"}
STATUS = {"hit": 200, "nearly right": 404, "all wrong": 404}
PAIRS = (("hit", "all wrong"), ("nearly right", "all wrong"))


class WrongStatusError(Exception):
    """Say which kind of code was answered with another status than its own."""


@dataclass(frozen=True)
class Pair:
    """Hold two kinds of lookups side by side, times in seconds."""

    names: tuple[str, str]
    medians: tuple[float, float]
    t: float
    each: int

    @property
    def is_even(self) -> bool:
        """Tell whether nobody can tell the two apart by their time."""
        return abs(self.t) < MOST_T


def measure(folder: Path, each: int = EACH) -> list[Pair]:
    """Ask for codes of all kinds in random order, one after the other on one connection."""
    with served(folder / "lookups.sqlite3", PIAGAM_LIMITS=LIMITS) as address:
        line = HTTPConnection(urlsplit(address).netloc)
        known = [_post(line, "/api/v1/feedback", BODY)[1]["tracking_code"] for _ in range(CASES)]
        kinds = [kind for kind in STATUS for _ in range(each)]
        random.shuffle(kinds)
        for kind in kinds[:WARM_UP]:
            _time(line, kind, known)
        waits: dict[str, list[float]] = {kind: [] for kind in STATUS}
        for kind in kinds:
            waits[kind].append(_time(line, kind, known))
        line.close()
    return [compared(names, waits) for names in PAIRS]


def compared(names: tuple[str, str], waits: Mapping[str, Sequence[float]]) -> Pair:
    """Compare two kinds by Welch's t."""
    one, other = (waits[name] for name in names)
    error = sqrt(variance(one) / len(one) + variance(other) / len(other))
    return Pair(names, (median(one), median(other)), (fmean(one) - fmean(other)) / error, len(one))


def report(pairs: Iterable[Pair]) -> str:
    """Give the figures as lines."""
    lines = [f"Lookups by code in random order, Welch's t under {MOST_T:g} either way:"]
    for pair in pairs:
        (one, other), (first, second) = pair.names, pair.medians
        verdict = "PASS" if pair.is_even else "FAIL"
        lines.append(
            f"{pair.each} a kind: {one} {first * 1000:.3f} ms, {other} {second * 1000:.3f} ms: "
            f"{(first - second) * 1e6:+.0f} us, t = {pair.t:+.2f} {verdict}"
        )
    return "\n".join(lines)


def over(pairs: Iterable[Pair]) -> list[str]:
    """Name the pairs that can be told apart."""
    return [f"lookup, {pair.names[0]}: t = {pair.t:+.2f}" for pair in pairs if not pair.is_even]


def _time(line: HTTPConnection, kind: str, known: Sequence[str]) -> float:
    code = {"tracking_code": _code(kind, known)}
    begun = time.perf_counter()
    status, _ = _post(line, "/api/v1/track", code)
    took = time.perf_counter() - begun
    if status != STATUS[kind]:
        raise WrongStatusError(f"{kind}: {status}")
    return took


def _code(kind: str, known: Sequence[str]) -> str:
    if kind == "all wrong":
        return "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))
    real = secrets.choice(known)
    if kind == "hit":
        return real
    return real[:-1] + secrets.choice(CROCKFORD.replace(real[-1], ""))


def _post(line: HTTPConnection, path: str, body: object) -> tuple[int, dict[str, str]]:
    line.request("POST", path, json.dumps(body), JSON)
    answer = line.getresponse()
    return answer.status, json.loads(answer.read())
