"""The description says what the API does: every route, answer and failure, and the client of the docs."""

import json
import re
import subprocess
import sys
from threading import Thread

import pytest
from jsonschema import Draft202012Validator
from werkzeug.serving import make_server

from site_api import openapi
from site_api.database import db
from site_api.feedback import workflow
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import Verification
from site_api.installation import installation
from site_api.openapi import DESCRIBED, OPERATIONS
from site_api.settings import ROOT, Limits
from tests.documents import read
from tests.site_api.stories import TRIAGE, answer, sent

COMMITTED = ROOT / "docs" / "developers" / "openapi.json"
GUIDE = ROOT / "docs" / "developers" / "api.md"
REPORT = {"class": "iseng", "occurred_on": "2026-11-20"}
PROOF_KEYS = "/.well-known/piagam112-proof-keys.json"
KEY = {"Idempotency-Key": "a" * 26}


@pytest.fixture
def described(app):
    return openapi.description(app)


def holds(described, path, response):
    """Hold an answer to what the description says of its path, method and status."""
    operation = described["paths"][path.partition("?")[0]][response.request.method.lower()]
    (kind, content), *others = operation["responses"][str(response.status_code)]["content"].items()
    assert (response.mimetype, others) == (kind, [])
    # References lead into the whole description.
    Draft202012Validator(described | content["schema"]).validate(response.json)


def test_the_description_in_the_docs_is_that_of_the_code(capsys):
    openapi.main()

    assert capsys.readouterr().out == COMMITTED.read_text(encoding="utf-8")


def test_every_route_for_programs_is_described(app, described):
    names = {f"{blueprint.name}." for blueprint in DESCRIBED}
    routes = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(tuple(names))]

    assert {rule.endpoint for rule in routes} == set(OPERATIONS)
    assert {rule.rule for rule in routes} == set(described["paths"])


def test_every_schema_is_one_and_every_reference_leads_somewhere(described):
    schemas = described["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)

    assert set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described))) <= set(schemas)


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        ("/api/v1/feedback", sent(), {}, 201),
        ("/api/v1/feedback", sent(happened="now"), {}, 201),
        ("/api/v1/feedback", sent(kind="gossip"), {}, 422),
        ("/api/v1/feedback", sent(), {"Idempotency-Key": "a"}, 400),
        ("/api/v1/feedback", sent(message="a" * 70_000), {}, 413),
        ("/api/v1/hoax-reports", REPORT, {}, 201),
        ("/api/v1/hoax-reports", REPORT | {"agencies": ["x"]}, {}, 422),
        ("/api/v1/track", {"tracking_code": "0000-0000-0000-0000"}, {}, 404),
        ("/api/v1/track", {}, {}, 422),
    ],
)
def test_what_programs_send_is_answered_as_described(client, described, path, body, headers, status):
    response = client.post(path, json=body, headers=headers)

    assert response.status_code == status
    holds(described, path, response)


@pytest.mark.parametrize("path", ["/api/v1/feedback", "/api/v1/hoax-reports", "/api/v1/track"])
def test_what_is_no_json_is_answered_as_described(client, described, path):
    holds(described, path, client.post(path, data="a=b", content_type="text/plain"))
    holds(described, path, client.post(path, data="{", content_type="application/json"))


def test_the_same_key_with_other_words_is_answered_as_described(client, described):
    client.post("/api/v1/feedback", json=sent(), headers=KEY)

    holds(
        described,
        "/api/v1/feedback",
        client.post("/api/v1/feedback", json=sent(kind="praise"), headers=KEY),
    )


@pytest.mark.parametrize(
    "path",
    [
        "/healthz",
        "/readyz",
        PROOF_KEYS,
        "/api/v1/answers",
        "/api/v1/answers?clause=KBK.siap",
        "/api/v1/answers?clause=x",
    ],
)
def test_what_programs_ask_is_answered_as_described(client, described, path):
    holds(described, path, client.get(path))


@pytest.mark.parametrize(("path", "body"), [("/api/v1/feedback", sent()), ("/api/v1/hoax-reports", REPORT)])
def test_a_code_is_followed_as_described(client, described, path, body):
    code = client.post(path, json=body).json["tracking_code"]

    holds(described, "/api/v1/track", client.post("/api/v1/track", json={"tracking_code": code}))


@pytest.mark.parametrize("path", ["messages", "dispute", "rating", "export", "erase"])
def test_what_a_code_may_do_is_answered_as_described(client, described, path):
    receipt = client.post("/api/v1/feedback", json=sent()).json
    number, code = receipt["number"], receipt["tracking_code"]
    case = db.session.query(Feedback).filter_by(number=number).one()
    workflow.verify(installation(), TRIAGE, case, Verification(kind=case.kind, clause=case.clause))
    workflow.answer(installation(), TRIAGE, case, answer())
    words = {
        "messages": {"message": "Masih ada yang ingin saya sampaikan."},
        "dispute": {"objection": "Regu itu belum pernah datang."},
        "rating": {"rating": "4"},
    }
    address, body = f"/api/v1/feedback/{path}", {"tracking_code": code, **words.get(path, {})}

    response = client.post(address, json=body)

    assert response.status_code == 200
    holds(described, address, response)
    holds(described, address, client.post(address, json=body))
    holds(described, address, client.post(address, json={}))


@pytest.mark.parametrize(("path", "body"), [("/api/v1/feedback", sent()), ("/api/v1/hoax-reports", REPORT)])
def test_a_receipt_says_what_its_code_opens(client, described, path, body):
    addresses = {
        of["operationId"]: address for address, one in described["paths"].items() for of in one.values()
    }
    links = described["paths"][path]["post"]["responses"]["201"]["links"]
    code = client.post(path, json=body).json["tracking_code"]

    assert {"track", "give_all", "erase_now"} <= set(links)
    for link in links.values():
        assert link["requestBody"] == {"tracking_code": "$response.body#/tracking_code"}
        # Fields may be missing or the state may be wrong, but the code is known.
        response = client.post(addresses[link["operationId"]], json={"tracking_code": code})
        assert response.status_code in (200, 422), link
        code = client.post(path, json=body).json["tracking_code"]


@pytest.mark.parametrize("path", ["export", "erase"])
def test_what_a_code_of_a_report_may_do_is_answered_as_described(client, described, path):
    code = client.post("/api/v1/hoax-reports", json=REPORT).json["tracking_code"]
    address = f"/api/v1/feedback/{path}"

    holds(described, address, client.post(address, json={"tracking_code": code}))


def test_too_many_wrong_codes_are_answered_as_described(make_app):
    client = make_app(limits=Limits(codes=1)).test_client()
    wrong = {"tracking_code": "0000-0000-0000-0000"}
    client.post("/api/v1/track", json=wrong)

    response = client.post("/api/v1/track", json=wrong)

    assert response.status_code == 429
    holds(openapi.description(client.application), "/api/v1/track", response)


def test_published_answers_are_as_described(client, described, answered):
    workflow.publish(installation(), TRIAGE, answered())

    response = client.get("/api/v1/answers")

    assert len(response.json["answers"]) == 1
    holds(described, "/api/v1/answers", response)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_people_read_the_same_description_as_a_page(client, described, prefix):
    page = read(client.get(f"{prefix}/api/", headers={"Accept": "text/html"}).text)

    told = {one.text for one in page.all("h2")}
    assert {f"POST {path}" for path, one in described["paths"].items() if "post" in one} <= told
    assert set(described["components"]["schemas"]) <= told
    assert client.get("/api/openapi.json").json == described


def test_the_client_of_the_docs_sends_and_follows_feedback_and_has_types(app, tmp_path):
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    script = tmp_path / "client.py"
    script.write_text(example, encoding="utf-8")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        said = subprocess.run(  # noqa: S603 (the example of our own docs)
            [sys.executable, script, f"http://127.0.0.1:{server.server_port}"],
            check=True,
            capture_output=True,
            text=True,
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    typed = subprocess.run(  # noqa: S603 (the same)
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--config-file=", script],
        check=False,
        capture_output=True,
        text=True,
    )

    assert re.fullmatch(r"M-[0-9A-Z]{6} received\n", said.stdout)
    assert typed.returncode == 0, typed.stdout
