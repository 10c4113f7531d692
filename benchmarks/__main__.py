"""Measure all, and print one report."""

import sys
import tempfile
from pathlib import Path

from benchmarks import cities, intake, times, weights
from benchmarks.builds import build_ours, build_peer
from charter_data.loading import load_charter
from scripts.commands import DATA


def main() -> int:
    """Print every figure; the exit code is 1 when one is over its limit."""
    charter = load_charter(DATA)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = build_ours(charter, folder)
        peer = build_peer(folder, "id")
        compared = weights.compare(ours, peer)
        print(weights.report(compared))
        print()
        print(times.report(times.measure(charter, folder)))
        print()
        print(intake.report(intake.measure(folder)))
        print()
        grown = cities.measure(folder)
        print(cities.report(grown))
    return 1 if cities.is_over(grown) or any(one.is_over for one in compared) else 0


if __name__ == "__main__":
    sys.exit(main())
