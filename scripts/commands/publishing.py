"""From a city's folder to its site, or to the reason why there is none."""

import argparse
import sys
from datetime import date

from charter_data.loading import load_charter
from charter_data.releases import read_history
from charter_data.snapshot_files import read_snapshot
from scripts.charter_site.building import build_with
from scripts.charter_site.tools import Tool
from scripts.commands import releasing


def publish(chosen: argparse.Namespace, tool: Tool, today: date) -> int:
    """Read the data and build the site; what was left out, or is too heavy, is told on standard error."""
    charter = load_charter(chosen.data, chosen.today or today)
    snapshot = read_snapshot(chosen.snapshot, charter) if chosen.snapshot else None
    history = read_history(chosen.data)
    if chosen.release:
        releasing.refuse_simulated(charter, snapshot)
        releasing.refuse_unsealed(charter, history)
    for clause in snapshot.retired(charter) if snapshot else ():
        print(f"{chosen.snapshot}: {clause} is no longer in the charter: not shown", file=sys.stderr)
    outgrown = build_with(
        tool, charter, chosen.site, snapshot=snapshot, history=history, is_kept=not chosen.no_offline
    )
    for line in outgrown:
        print(line, file=sys.stderr)
    return 0
