"""The daily mail: to the right people, on the right day, once, and without a word of any case."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from site_api.audit import AuditEntry
from site_api.database import db, insert, write
from site_api.digests.models import Digest
from site_api.feedback import deciding, downloads
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import DownloadAsked
from site_api.installation import installation
from site_api.measures import workflow as measures
from site_api.measures.models import Measure
from site_api.measures.models import State as MeasureState
from site_api.measures.schemas import Judgement
from site_api.reviewers.models import Actor, Reviewer, Role
from tests.faults.servers import Served
from tests.site_api.digests.post_office import Box, post_office
from tests.site_api.measures import people
from tests.site_api.stories import TRIAGE
from tests.site_api.test_audit import verify

TODAY = date(2026, 11, 24)
WORDS = "Sirene bukit zamrud tidak terdengar."
STAFF = {
    "sari": (Role.TRIAGE, None),
    "rina": (Role.INSPECTORATE, None),
    "budi": (Role.AGENCY, "damkar"),
    "tono": (Role.AGENCY, "polres"),
    "dewan": (Role.DPRD, None),
    "warga": (Role.NGO, None),
    "periksa": (Role.AUDITOR, None),
    "kelola": (Role.ADMIN, None),
}


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def mail(box):
    with post_office(box) as settings:
        yield settings


@pytest.fixture
def app(make_app, mail):
    app = make_app(mail=mail)
    with app.app_context():
        yield app


@pytest.fixture
def staff(app):
    """Give every role its account, each with an address."""
    for name, (role, agency) in STAFF.items():
        add_account(name, role, agency, f"{name}@kota.example")
    return app


def add_account(name, role, agency=None, email=None):
    """Make an account that nobody signs in with, so that no password has to be hashed."""
    values = {
        "name": name,
        "role": role,
        "agency": agency,
        "email": email,
        "password_hash": "-",
        "totp_salt": "-",
        "is_active": True,
    }
    now = datetime(2026, 11, 1, tzinfo=UTC)
    write(lambda connection: insert(connection, Reviewer, **values, added_at=now))


@pytest.fixture
def send(app):
    def run(*arguments):
        db.session.rollback()
        return app.test_cli_runner().invoke(args=["digest", "send", *arguments])

    return run


def set_on(model, condition, **values):
    write(lambda connection: connection.execute(update(model).where(condition).values(**values)).rowcount)
    db.session.expire_all()


def due(case, day):
    """Set the deadline of a case."""
    set_on(Feedback, Feedback.number == case.number, answer_by=day, verify_by=day)
    return case


def body(message):
    return message.get_content().replace("\r\n", "\n")


def test_each_is_told_of_what_lies_with_them_and_nobody_else_is_written_to(
    staff, send, box, verified, assigned
):
    operators = staff.extensions["piagam112"].operators
    of_desk = due(verified(message=WORDS), TODAY - timedelta(days=1))
    of_agency = due(assigned(message=WORDS), TODAY + timedelta(days=2))
    of_operators = due(verified(message=WORDS), TODAY)
    set_on(Feedback, Feedback.number == of_operators.number, concerns=operators)

    assert send().output == "3 sent\n"

    told = {name.split("@")[0]: body(message) for name, message in box.by_address.items()}
    assert set(told) == {"sari", "budi", "rina"}
    assert of_operators.number in told["rina"]
    assert of_operators.number not in told["sari"] + told["budi"]
    assert of_desk.number in told["sari"]
    assert of_agency.number in told["sari"]
    assert of_agency.number in told["budi"]
    assert of_desk.number not in told["budi"] + told["rina"]


def test_the_mail_says_numbers_and_deadlines_in_both_languages(staff, send, box, verified):
    late, soon = due(verified(), TODAY - timedelta(days=1)), due(verified(), TODAY + timedelta(days=2))
    due(verified(), TODAY + timedelta(days=3))
    send()

    message = box.by_address["sari@kota.example"]
    indonesian, english = body(message).split("--\n")
    assert "Yang menunggu Anda pada 24 November 2026:" in indonesian
    assert f"Lewat tenggat: 1\n- {late.number}, tenggat 23 November 2026" in indonesian
    assert f"Tenggat dalam dua hari: 1\n- {soon.number}, tenggat 26 November 2026" in indonesian
    assert f"Overdue: 1\n- {late.number}, due 23 November 2026" in english
    assert "http://127.0.0.1:8112/tinjau/" in english
    assert message["Subject"] == "Piagam 112: yang menunggu Anda / what waits for you, 2026-11-24"
    assert message["From"] == "112@kota.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"


def test_a_new_objection_is_told_until_the_day_after(staff, send, box, assigned, clock):
    case = due(assigned(), date(2027, 1, 8))
    set_on(Feedback, Feedback.number == case.number, disputed_at=clock())
    assert send("--today", "2026-11-24").output == "2 sent\n"
    assert "Sanggahan baru sejak kemarin: 1\n" in body(box.by_address["budi@kota.example"])

    clock.forward(days=1)
    assert send().output == "2 sent\n"
    clock.forward(days=1)
    assert send().output == "0 sent\n"


def test_no_text_and_no_service_of_a_case_is_in_any_mail(staff, send, box, app, assigned, verified):
    canaries = [WORDS, "zamrud", "Tentang petugasnya", "KBK", "KBK.siap"]
    due(assigned(message=WORDS), TODAY)
    secret = due(verified(message=WORDS, confidential=True, clause=None, service="BKL"), TODAY)
    assert secret.is_sensitive
    send()

    sent = "".join(message.as_string() for _, message in box.mails)
    assert secret.number in sent
    titles = [one.title for one in app.extensions["piagam112"].charter.services]
    canaries += [text for title in titles for text in (title.id, title.en)]
    assert [word for word in (*canaries, "BKL", "KDR") if word in sent] == []
    assert secret.number not in body(box.by_address["budi@kota.example"])


def test_a_case_that_is_held_or_has_ended_is_not_told(staff, send, box, verified, answered):
    held = due(verified(), TODAY)
    set_on(Feedback, Feedback.number == held.number, held_at=datetime(2026, 11, 24, tzinfo=UTC))
    due(answered(), TODAY)

    assert send().output == "0 sent\n"
    assert box.mails == []


def test_many_cases_are_counted_and_the_nearest_are_named(staff, send, box, verified):
    cases = [due(verified(), TODAY - timedelta(days=number)) for number in range(32, 0, -1)]
    send()

    told = body(box.by_address["sari@kota.example"])
    assert "Lewat tenggat: 32\n" in told
    assert "- dan 2 lagi\n" in told
    assert cases[0].number in told
    assert cases[-1].number not in told


def test_once_a_day_however_often_it_runs(staff, send, box, verified, clock):
    due(verified(), TODAY)
    assert send().output == "1 sent\n"
    assert send().output == "0 sent\n"
    clock.forward(hours=5)
    assert send().output == "0 sent\n"
    clock.forward(days=1)
    assert send().output == "1 sent\n"

    names = [message["Message-ID"] for _, message in box.mails]
    assert len(set(names)) == 2
    sent = db.session.scalars(select(AuditEntry.subject).where(AuditEntry.verb == "digest.send")).all()
    assert sent == ["sari", "sari"]
    assert verify(staff).exit_code == 0


def test_accounts_switched_off_or_without_an_address_get_nothing(staff, send, box, verified):
    due(verified(), TODAY)
    add_account("wati", Role.TRIAGE)
    set_on(Reviewer, Reviewer.name == "sari", is_active=False)

    assert send().output == "0 sent\n"
    set_on(Reviewer, Reviewer.name == "sari", is_active=True, totp_salt=None)  # invited, not yet come in
    assert send().output == "0 sent\n"


def test_one_refused_address_stops_no_other_and_is_named_by_account_alone(staff, send, box, assigned):
    due(assigned(), TODAY)
    box.refused = {"sari@kota.example"}

    told = send()

    assert told.exit_code == 1
    assert told.output == "1 sent\nError: sari: refused by the mail server: 550\n"
    assert list(box.by_address) == ["budi@kota.example"]
    box.refused = set()
    assert send().output == "1 sent\n"  # at once: what was refused surely did not leave


@pytest.mark.parametrize(
    "address", ["sari@kota.example\r\nBcc: lain@x.example", "sari@kota.example, lain@x.example", "sari", ""]
)
def test_no_header_can_be_put_in_by_an_address(staff, send, box, assigned, address):
    due(assigned(), TODAY)
    set_on(Reviewer, Reviewer.name == "sari", email=address)

    told = send()

    assert told.exit_code == 1
    assert "sari: the account has no usable mail address" in told.output
    assert list(box.by_address) == ["budi@kota.example"]


def test_nothing_is_sent_without_settings_and_the_command_says_so(make_app, verified):
    app = make_app()
    with app.app_context():
        told = app.test_cli_runner().invoke(args=["digest", "send"])

    assert (told.exit_code, told.output) == (
        0,
        "nothing sent: PIAGAM_SMTP_URL and PIAGAM_MAIL_FROM are not set\n",
    )


def test_without_the_security_that_was_asked_for_nothing_is_sent(staff, make_app, box, mail, verified):
    due(verified(), TODAY)
    app = make_app(mail=replace(mail, security="smtp+starttls"))
    with app.app_context():
        told = app.test_cli_runner().invoke(args=["digest", "send"])

    assert told.exit_code == 1
    assert "sari: the mail server cannot be used: SMTPNotSupportedError" in told.output
    assert box.mails == []
    assert db.session.scalars(select(Digest)).all() == []


def test_a_line_that_breaks_before_the_answer_is_tried_again_only_later(staff, send, box, verified, clock):
    due(verified(), TODAY)
    box.on_data = lambda server: server.transport.abort()
    broken = send()
    box.on_data = lambda _server: None

    assert broken.exit_code == 1
    assert "sari: the line broke before the mail server confirmed: run again in 15 min" in broken.output
    assert send().exit_code == 1
    clock.forward(minutes=15)
    assert send().output == "1 sent\n"
    assert len({message["Message-ID"] for _, message in box.mails}) == 1


def test_a_run_that_is_killed_before_it_confirms_sends_no_second_mail_for_15_minutes(
    staff, send, box, mail, verified, clock, tmp_path
):
    due(verified(), TODAY)
    killed = start_and_kill(tmp_path, mail, box)
    assert killed == -signal.SIGKILL
    assert len(box.mails) == 1
    claim = db.session.scalars(select(Digest)).one()
    assert claim.sent_at is None

    clock.time = claim.claimed_at + timedelta(minutes=15, seconds=-1)
    early = send("--today", TODAY.isoformat())
    assert early.exit_code == 1
    assert "another run began to send and has not confirmed" in early.output
    assert len(box.mails) == 1

    clock.forward(seconds=1)
    assert send("--today", TODAY.isoformat()).output == "1 sent\n"
    first, second = (message for _, message in box.mails)
    assert first["Message-ID"] == second["Message-ID"]
    assert send("--today", TODAY.isoformat()).output == "0 sent\n"


def start_and_kill(folder, mail, box):
    """Run the command as cron does, and kill it as soon as the mail server has the mail."""
    around = {"PIAGAM_SMTP_URL": f"smtp://{mail.host}:{mail.port}", "PIAGAM_MAIL_FROM": mail.sender}
    command = [
        sys.executable,
        "-m",
        "flask",
        "--app",
        "site_api",
        "digest",
        "send",
        "--today",
        TODAY.isoformat(),
    ]
    with subprocess.Popen(command, env=Served(folder, around=around).environment) as run:  # noqa: S603
        box.on_data = lambda _server: os.kill(run.pid, signal.SIGKILL)
        code = run.wait(60)
    box.on_data = lambda _server: None
    return code


def test_a_request_is_told_to_the_second_person_and_not_to_who_asked(staff, send, box, answered):
    add_account("tini", Role.TRIAGE, email="tini@kota.example")
    case = answered()
    deciding.erase(installation(), TRIAGE, case, WORDS)

    assert send().output == "1 sent\n"
    told = body(box.by_address["tini@kota.example"])
    assert f"Permintaan yang menunggu Anda sebagai orang kedua: 1\n- {case.number}, tanpa tenggat" in told
    assert f"Requests that wait for you as the second person: 1\n- {case.number}, no deadline" in told
    assert "zamrud" not in told


def test_an_appeal_is_told_with_its_last_day_to_who_may_judge_it_and_to_nobody_else(staff, send, box):
    measure = people.in_force()
    measures.appeal(installation(), people.SARI, people.again(measure), WORDS)

    assert send().output == "1 sent\n"

    told = body(box.by_address["rina@kota.example"])
    line = f"- {measure.number}, tenggat 27 November 2026\n"
    assert f"Keberatan atas tindakan panggilan palsu: 1\n{line}" in told
    assert f"Objections to measures against false calls: 1\n- {measure.number}, due 27 November 2026" in told
    assert "zamrud" not in told


def test_who_has_decided_a_measure_is_told_of_no_appeal_against_it(staff, send, box):
    measure = people.in_force()
    measures.appeal(installation(), people.SARI, people.again(measure), WORDS)
    add_account("wati", Role.INSPECTORATE, email="wati@kota.example")
    set_on(Measure, Measure.id == measure.id, decided_by="rina")  # came from the call centre since

    assert send().output == "1 sent\n"

    assert list(box.by_address) == ["wati@kota.example"]
    set_on(Measure, Measure.id == measure.id, decided_by="tono", proposed_by="rina")
    assert send().output == "0 sent\n"


def test_a_judged_appeal_is_told_no_more(staff, send, box):
    measure = people.in_force()
    measures.appeal(installation(), people.SARI, people.again(measure), WORDS)
    judgement = Judgement(outcome=MeasureState.LIFTED, grounds=people.GROUNDS)
    measures.judge(installation(), people.WATI, people.again(measure), judgement)

    assert send().output == "0 sent\n"


def test_a_proposal_is_told_to_the_second_official_until_its_last_day(staff, send, box):
    add_account("tini", Role.TRIAGE, email="tini@kota.example")
    measure = people.proposed()

    assert send().output == "1 sent\n"

    told = body(box.by_address["tini@kota.example"])
    assert f"sebagai orang kedua: 1\n- {measure.number}, tenggat 1 Desember 2026" in told


def test_who_asks_for_a_download_is_told_to_the_desks_until_it_lapses(staff, send, box, submitted, clock):
    for number in range(11):
        submitted(message=f"Mobil datang lama, {number} kali.")
    asked = DownloadAsked(reason=WORDS)
    downloads.ask(installation(), Actor(1, "sari", Role.TRIAGE, None, ""), asked)

    assert send().output == "1 sent\n"

    told = body(box.by_address["rina@kota.example"])
    assert "sebagai orang kedua: 1\n- unduh-sari, tanpa tenggat" in told
    assert "zamrud" not in told
    clock.forward(days=1)
    assert send().output == "0 sent\n"
