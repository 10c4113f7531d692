"""Measure all, and print one report."""

import sys
import tempfile
from pathlib import Path

from benchmarks import audits, builds, changes, cities, intake, lookups, queues, times, weights
from charter_data.loading import load_charter
from scripts.commands import DATA

COPIES = 17  # of twelve services: 204


def main() -> int:
    """Print every figure; the exit code is 1 when one is over its limit, and the last lines name it."""
    charter = load_charter(DATA)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        real, grown = (_ready(folder / part, copies) for part, copies in (("real", 1), ("grown", COPIES)))
        print(builds.report(real), builds.report(grown), sep="\n", end="\n\n")
        weighed = weights.measure(charter, real, folder)
        print(weights.report(weighed), end="\n\n")
        timed = times.measure(real, grown)
        print(times.report(timed), end="\n\n")
        waits = changes.measure(real)
        print(waits.line, end="\n\n")
        stored = intake.measure(folder)
        print(intake.report(stored), end="\n\n")
        looked_up = lookups.measure(folder)
        print(lookups.report(looked_up), end="\n\n")
        listed = queues.measure(folder)
        print(queues.report(listed), end="\n\n")
        verified = audits.measure(folder)
        print(audits.report(verified), end="\n\n")
        sized = cities.measure(folder)
        print(cities.report(sized))
    over = [*weights.over(weighed), *times.over(timed), *changes.over(waits), *cities.over(sized)]
    over += intake.over(stored) + lookups.over(looked_up) + queues.over(listed) + audits.over(verified)
    over += builds.over(real) + builds.over(grown)
    print(*(f"OVER THE LIMIT: {one}" for one in over), sep="\n", file=sys.stderr)
    return 1 if over else 0


def _ready(folder: Path, copies: int) -> builds.Checkout:
    checkout = builds.check_out(folder)
    cities.grow(checkout.data, folder / "brand" / "icons", copies)
    builds.build_ours(checkout)
    builds.write_peer(checkout)
    builds.build_peer(checkout)
    return checkout


if __name__ == "__main__":
    sys.exit(main())
