import pytest

from site_api.pacing import MARK, STEP_S, Pacing

WRONG = {"tracking_code": "AAAA-AAAA-AAAA-AAAA"}


class Day:
    """Be a clock that moves only when the app works or sleeps."""

    def __init__(self):
        self.time = 5.0

    def __call__(self):
        return self.time

    def pass_by(self, seconds):
        self.time += seconds


def left_after(work_s, environ):
    """Give when an answer leaves whose making took so long."""
    day = Day()

    def app(_environ, _start):
        day.pass_by(work_s)
        return [b""]

    Pacing(app, day, day.pass_by)(environ, None)
    return day.time - 5.0


@pytest.mark.parametrize(("work_s", "steps"), [(0.0001, 1), (0.003, 1), (0.024, 1), (0.026, 2), (0.06, 3)])
def test_a_marked_answer_leaves_on_the_next_full_step(work_s, steps):
    assert left_after(work_s, {MARK: True}) == pytest.approx(steps * STEP_S)


def test_any_other_answer_leaves_at_once():
    assert left_after(0.003, {}) == pytest.approx(0.003)


def marks_of(client, monkeypatch, **request):
    """Give whether the app marks a request."""
    seen = []
    inner = client.application.wsgi_app

    def watching(environ, start):
        body = inner(environ, start)
        seen.append(environ.get(MARK, False))
        return body

    monkeypatch.setattr(client.application, "wsgi_app", watching)
    client.open(**request)
    return seen


@pytest.mark.parametrize(
    ("path", "body", "is_paced"),
    [
        ("/lacak", {"data": WRONG}, True),
        ("/en/lacak/hapus", {"data": WRONG}, True),
        ("/api/v1/track", {"json": WRONG}, True),
        ("/api/v1/feedback", {"json": {}}, False),
    ],
)
def test_every_lookup_by_code_is_paced_and_nothing_else(client, monkeypatch, path, body, is_paced):
    assert marks_of(client, monkeypatch, path=path, method="POST", **body) == [is_paced]
