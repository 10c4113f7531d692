"""Schemathesis against the app as `make run` starts it, with cases that made-up requests really reach."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from site_api import create_app
from site_api.database import close_app, db
from site_api.feedback import workflow
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import NewFeedback, Verification
from site_api.hoax_reports import workflow as hoax_reports
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from site_api.settings import ROOT
from tests.apps import make_tables, settings_in
from tests.faults.servers import GENEROUS, Served, server
from tests.site_api.stories import TRIAGE, answer, sent

CONFIG = Path(__file__).with_name("schemathesis.toml")
CASES = 120
Asked = tuple[str, int]


@dataclass(frozen=True)
class Run:
    """Hold what came of a run: what it said, and how often each operation gave each status."""

    passed: bool
    said: str
    answers: Counter[Asked]

    def of(self, label: str, status: int | None = None) -> int:
        """Give how often an operation was asked, or gave one status."""
        return sum(
            count for (one, given), count in self.answers.items() if one == label and status in (None, given)
        )


def fuzz(folder: Path, *options: str) -> Run:
    """Send made-up requests to a server of its own in a folder."""
    for name, codes in prepared(folder).items():
        (folder / f"{name}.txt").write_text("".join(f'"{code}"\n' for code in codes), "utf-8")
    shutil.copy(CONFIG, folder)
    limits = f"{GENEROUS},codes=9999999,all_codes=9999999"
    around = {"PIAGAM_LIMITS": limits, "PIAGAM_SITE_DIR": str(folder / "site")}
    with server(Served(folder, around=around)) as (port, _):
        done = _run(folder, f"http://127.0.0.1:{port}/api/openapi.json", *options)
    return Run(done.returncode == 0, done.stdout, Counter(_answers(folder / "report.ndjson")))


def _run(folder: Path, address: str, *options: str) -> "subprocess.CompletedProcess[str]":
    tool = str(Path(sys.executable).with_name("schemathesis"))
    report = ("--report", "ndjson", "--report-ndjson-path", str(folder / "report.ndjson"))
    return subprocess.run(  # noqa: S603 (the tool beside this Python)
        [tool, "--config-file", CONFIG.name, "run", address, "--no-color", *report, *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _answers(report: Path) -> Iterator[Asked]:
    with report.open(encoding="utf-8") as lines:
        for line in lines:
            recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
            for name, told in recorder.get("interactions", {}).items():
                case = recorder["cases"][name]["value"]
                if response := told.get("response"):
                    yield f"{case['method']} {case['path']}", response["status_code"]


def prepared(folder: Path) -> dict[str, list[str]]:
    """Make tables, cases and one page; give the cases' codes by what they are for."""
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("112", "utf-8")
    app = create_app(settings_in(folder))
    make_tables(app)
    with app.app_context():
        codes = {name: [_answered() for _ in range(CASES)] for name in ("erased", "disputed", "rated")}
        codes["cases"] = [make() for make in (_received, _answered, _report) for _ in range(CASES // 3)]
    close_app(app)
    return codes


def _received() -> str:
    new = NewFeedback.model_validate(sent(), strict=False)
    return workflow.submit(installation(), new, str(uuid4()))[1]


def _answered() -> str:
    place = installation()
    stored, code = workflow.submit(place, NewFeedback.model_validate(sent(), strict=False), str(uuid4()))
    case = db.session.query(Feedback).filter_by(number=stored.number).one()
    workflow.verify(place, TRIAGE, case, Verification(kind=case.kind, clause=case.clause))
    workflow.answer(place, TRIAGE, case, answer())
    return code


def _report() -> str:
    new = NewHoaxReport.model_validate({"class": "iseng", "occurred_on": "2026-01-20"}, strict=False)
    return hoax_reports.submit(installation(), new, str(uuid4()))[1]
