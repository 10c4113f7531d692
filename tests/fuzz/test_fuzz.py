"""Whatever programs send, the answer is one that the description has, and nothing is damaged."""

from site_api import create_app
from site_api.audit import verify
from site_api.auditing import unproven
from site_api.database import close_app
from site_api.openapi import description
from tests.apps import settings_in
from tests.fuzz.fuzzing import fuzz

SEED = 112
CASES = 20_000
AN_OPERATION = 2_000


def test_twenty_thousand_made_up_requests_are_answered_as_described(tmp_path, capsys):
    run = fuzz(tmp_path, "--seed", str(SEED), "--max-examples", str(AN_OPERATION))

    with capsys.disabled():
        print(f"\nseed {SEED}: {run.answers.total():,} requests")
        for (label, status), count in sorted(run.answers.items()):
            print(f"{label:32} {status} {count:6,}")
    assert run.passed, run.said
    assert run.answers.total() >= CASES
    app = create_app(settings_in(tmp_path))
    with app.app_context():
        described = description(app)
        fault, damaged = verify().fault, unproven()
    close_app(app)
    assert (fault, damaged) == (None, [])
    for path, methods in described["paths"].items():
        if "post" in methods:
            assert run.of(f"POST {path}") >= AN_OPERATION / 2, path
            assert run.of(f"POST {path}", 201 if "201" in methods["post"]["responses"] else 200) >= 20, path
    for name in ("dispute", "rating"):
        assert run.of(f"POST /api/v1/feedback/{name}", 409) > 0
