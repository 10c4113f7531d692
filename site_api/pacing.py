"""Answers to codes leave on full steps of time, so that how long a lookup took tells nothing of the code."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

MARK = "piagam112.is_paced"
STEP_S = 0.025  # several times what a hit takes: it loads and shows more than a miss

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(frozen=True)
class Pacing:
    """Hold a marked answer back until the next full step since its request began.

    It stands outside the app, because what a request has loaded is let go of only after its answer is made.
    """

    app: Wsgi
    clock: Callable[[], float] = time.perf_counter
    sleep: Callable[[float], None] = time.sleep

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request; one that is not marked leaves at once."""
        begun = self.clock()
        body = self.app(environ, start_response)
        if environ.get(MARK):
            self.sleep((begun - self.clock()) % STEP_S)
        return body
