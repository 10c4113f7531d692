"""Accounts come by a link that works once; who is switched off is out at once."""

import json
import re
from datetime import timedelta

import pytest

from site_api.audit import verify
from site_api.database import db
from site_api.errors import Conflict, Invalid
from site_api.installation import installation
from site_api.reviewers import credentials, invitations, workflow
from site_api.reviewers.authenticator import code_at, secret_of
from site_api.reviewers.credentials import Credentials, Refused
from site_api.reviewers.invitations import LinkOver
from site_api.reviewers.models import Invitation, RecoveryCode, Reviewer, Role, Standing
from site_api.reviewers.schemas import NewAccount
from tests.site_api.portal import GROUND, PASSWORD, add_reviewer, fresh_code

LINK = re.compile(r"http://127\.0\.0\.1:8112/tinjau/undangan\?kode=([A-Za-z0-9_-]{43})")


def invite(name="sari", role=Role.TRIAGE, **more):
    return invitations.invite(installation(), "ani", NewAccount(name=name, role=role, **more))


def code_of(token):
    place = installation()
    salt = invitations.opened(place, token).totp_salt
    return code_at(secret_of(place.settings.secret_key, salt), place.now())


def accept(token, password=PASSWORD, code=None):
    place = installation()
    return invitations.accept(place, invitations.opened(place, token), password, code or code_of(token))


def sign_in(name="sari", code=None):
    return workflow.sign_in(installation(), Credentials(name, PASSWORD, code or fresh_code(name)))


def standing(name="sari"):
    db.session.rollback()
    return db.session.query(Reviewer).filter_by(name=name).one().standing


def audited():
    return [row[0] for row in db.session.execute(db.text("SELECT verb FROM audit ORDER BY id"))]


def test_an_invited_account_is_active_once_its_link_has_been_used(app):
    token = invite()
    assert standing() == Standing.INVITED
    with pytest.raises(Refused):
        sign_in()

    accept(token)

    assert standing() == Standing.ACTIVE
    assert sign_in()
    assert audited() == ["reviewer.invite", "reviewer.accept", "reviewer.sign_in"]
    assert verify().fault is None


def test_a_link_works_once(app):
    token = invite()
    invitation = invitations.opened(installation(), token)
    code = code_of(token)
    accept(token)

    with pytest.raises(LinkOver):
        invitations.opened(installation(), token)
    with pytest.raises(LinkOver):  # also for who had its page open already
        invitations.accept(installation(), invitation, PASSWORD, code)


def test_a_link_works_for_72_hours(app, clock):
    token = invite()
    clock.forward(hours=71, minutes=59)
    assert invitations.opened(installation(), token)

    clock.forward(minutes=1)

    with pytest.raises(LinkOver):
        invitations.opened(installation(), token)


@pytest.mark.parametrize(
    ("password", "code", "fields"),
    [
        ("pendek", None, ["new_password"]),
        (PASSWORD, "000000", ["code"]),
        ("passwordpassword", "", ["new_password", "code"]),
        ("sari tebing tinggi 112", None, ["new_password"]),
    ],
)
def test_what_cannot_be_taken_is_told_and_uses_nothing_up(app, password, code, fields):
    token = invite()

    with pytest.raises(Invalid) as told:
        accept(token, password, code_of(token) if code is None else code or "x")

    assert [fault.field for fault in told.value.faults] == fields
    assert accept(token)


def test_a_code_that_activated_an_account_does_not_also_sign_it_in(app, clock):
    token = invite()
    code = code_of(token)
    accept(token)

    with pytest.raises(Refused):
        sign_in(code=code)
    clock.forward(seconds=30)
    assert sign_in()


@pytest.mark.parametrize(
    ("values", "field", "what"),
    [
        ({"name": "S"}, "name", "name_form"),
        ({"name": "Sari Dewi"}, "name", "name_form"),
        ({"name": "sari\n"}, "name", "name_form"),
        ({"agency": "damkar"}, "agency", "agency_not_here"),
        ({"role": Role.AGENCY}, "agency", "unknown_agency"),
        ({"role": Role.AGENCY, "agency": "nasa"}, "agency", "unknown_agency"),
        ({"role": Role.NGO, "basis": "Surat 1/2026"}, "organisation", "missing"),
        ({"role": Role.NGO, "organisation": "Forum"}, "basis", "basis_missing"),
        ({"email": "sari"}, "email", "mail_form"),
    ],
)
def test_an_account_that_cannot_be_right_is_refused_by_field(app, values, field, what):
    with pytest.raises(Invalid) as told:
        invite(**values)

    assert [(fault.field, fault.what) for fault in told.value.faults] == [(field, what)]
    assert db.session.query(Reviewer).count() == 0


def test_a_name_is_given_once(app):
    invite()

    with pytest.raises(Invalid) as told:
        invite()

    assert [fault.what for fault in told.value.faults] == ["name_taken"]


def test_the_ground_of_an_ngo_is_kept_and_the_audit_holds_its_digest(app):
    invite("forum", Role.NGO, **GROUND)

    account = db.session.query(Reviewer).one()
    assert (account.organisation, account.basis) == (GROUND["organisation"], GROUND["basis"])
    (detail,) = db.session.execute(db.text("SELECT detail FROM audit")).scalars()
    assert re.fullmatch("[0-9a-f]{64}", json.loads(detail)["basis"])
    assert GROUND["basis"] not in detail


def test_a_new_link_ends_password_codes_sessions_and_older_links_at_once(app):
    first, (recovery, *_) = invite("tini"), add_reviewer("sari")
    session = sign_in()
    code = fresh_code("sari")

    token = invitations.invite_again(installation(), "ani", "sari")
    newer = invitations.invite_again(installation(), "ani", "sari")

    assert workflow.actor_of(installation(), session) is None
    for typed in (code, recovery):
        with pytest.raises(Refused):
            sign_in(code=typed)
    with pytest.raises(LinkOver):
        invitations.opened(installation(), token)
    accept(newer)
    assert sign_in()
    assert invitations.opened(installation(), first)  # that of somebody else


def test_renewing_leaves_all_as_it_is_until_the_link_is_used(app, clock):
    codes = add_reviewer("sari")
    session = sign_in()
    old = fresh_code("sari")
    given = Credentials("sari", PASSWORD, old)

    token = workflow.renew_authenticator(installation(), given)
    assert workflow.actor_of(installation(), session)
    clock.forward(seconds=60)
    assert sign_in()
    new_codes = accept(token)
    db.session.rollback()

    assert workflow.actor_of(installation(), session) is None
    assert set(codes).isdisjoint(new_codes)
    with pytest.raises(Refused):
        sign_in(code=codes[0])
    assert sign_in()


def test_who_is_switched_off_is_out_at_once_and_comes_back_by_a_new_link(app):
    add_reviewer("sari")
    session = sign_in()
    open_link = workflow.renew_authenticator(
        installation(), Credentials("sari", PASSWORD, fresh_code("sari"))
    )

    invitations.deactivate(installation(), "ani", "sari")

    assert standing() == Standing.INACTIVE
    assert workflow.actor_of(installation(), session) is None
    with pytest.raises(LinkOver):
        invitations.opened(installation(), open_link)
    with pytest.raises(Refused):
        sign_in()
    with pytest.raises(Conflict):
        invitations.deactivate(installation(), "ani", "sari")
    accept(invitations.invite_again(installation(), "ani", "sari"))
    assert sign_in()
    assert workflow.actor_of(installation(), session) is None


@pytest.mark.parametrize("act", [invitations.deactivate, invitations.invite_again])
@pytest.mark.parametrize("name", ["ani", "tidak-ada"])
def test_nobody_does_this_to_the_own_account_or_to_none(app, act, name):
    add_reviewer("ani", Role.ADMIN)

    with pytest.raises(Conflict):
        act(installation(), "ani", name)


def test_a_recovery_code_works_once_and_new_ones_end_the_old(app):
    first, second, third, *_ = add_reviewer("sari")
    assert sign_in(code=first.lower().replace("-", " "))
    with pytest.raises(Refused):
        sign_in(code=first)
    actor = workflow.actor_of(installation(), sign_in(code=second))
    assert actor

    given = Credentials("sari", PASSWORD, fresh_code("sari"))
    new = workflow.renew_recovery_codes(installation(), actor, given)

    with pytest.raises(Refused):
        sign_in(code=third)
    assert sign_in(code=new[0])
    assert db.session.query(RecoveryCode).count() == 10


def test_a_recovery_code_of_another_account_opens_nothing(app):
    codes = add_reviewer("sari")
    add_reviewer("tini")

    with pytest.raises(Refused):
        sign_in("tini", codes[0])


@pytest.mark.parametrize("kind", ["code", "recovery code"])
def test_of_two_who_use_one_code_at_the_same_moment_one_comes_in(app, kind):
    codes = add_reviewer("sari")
    code = fresh_code("sari") if kind == "code" else codes[0]
    place, given = installation(), Credentials("sari", PASSWORD, code)
    proofs = [credentials.prove(place, given) for _ in range(2)]

    came = []
    for proof in proofs:
        try:
            invitations.renew(place, proof)
            came.append(proof)
        except Refused:
            pass

    assert came == proofs[:1]


def test_a_password_that_changes_meanwhile_makes_a_proof_worthless(app):
    add_reviewer("sari")
    place = installation()
    proof = credentials.prove(place, Credentials("sari", PASSWORD, fresh_code("sari")))
    invitations.invite_again(place, "ani", "sari")

    with pytest.raises(Refused):
        invitations.renew(place, proof)


def test_the_database_holds_no_link_no_secret_and_no_recovery_code(app, tmp_path):
    token = invite()
    salt = invitations.opened(installation(), token).totp_salt
    secret = secret_of(installation().settings.secret_key, salt)
    codes = accept(token)

    files = b"".join(path.read_bytes() for path in tmp_path.glob("piagam.sqlite3*"))

    for hidden in (token, secret, *codes, *(code.replace("-", "") for code in codes), PASSWORD):
        assert hidden.encode() not in files


def test_with_another_key_no_authenticator_and_no_recovery_code_opens_anything(app, make_app):
    codes = add_reviewer("sari")
    code = fresh_code("sari")
    other = make_app(secret_key=b"x" * 32)
    with other.app_context():
        for typed in (code, codes[0]):
            with pytest.raises(Refused):
                workflow.sign_in(installation(), Credentials("sari", PASSWORD, typed))


def token_in(output):
    found = LINK.match(output)
    assert found, output
    return found[1]


def run(app, *arguments):
    result = app.test_cli_runner().invoke(args=["reviewer", *arguments])
    db.session.rollback()
    return result


def test_the_command_prints_a_link_that_makes_the_account(app):
    ground = ("--organisation", "Forum Warga", "--basis", "Surat 1/2026, 3 November 2026")

    result = run(app, "invite", "forum", "--role", "ngo", *ground, "--email", "forum@contoh.id")

    assert result.exit_code == 0, result.output
    assert accept(token_in(result.output))
    account = db.session.query(Reviewer).one()
    assert (account.role, account.email, account.standing) == (Role.NGO, "forum@contoh.id", Standing.ACTIVE)


def test_the_command_refuses_an_ngo_without_its_ground(app):
    result = run(app, "invite", "forum", "--role", "ngo")

    assert result.exit_code == 1
    assert "--organisation" in result.output
    assert "--basis" in result.output
    assert db.session.query(Invitation).count() == 0


def test_the_command_gives_a_new_link_and_switches_off(app):
    add_reviewer("sari")

    assert accept(token_in(run(app, "link", "sari").output))
    assert run(app, "deactivate", "sari").output == "sari is out\n"
    assert standing() == Standing.INACTIVE
    for act in ("link", "deactivate"):
        assert run(app, act, "tidak-ada").exit_code == 1


def test_links_go_a_week_after_they_were_made(app, clock):
    invite()
    clock.forward(days=9)

    app.test_cli_runner().invoke(args=["retention", "run"])
    db.session.rollback()

    assert db.session.query(Invitation).count() == 0
    assert timedelta(days=Invitation.kept.days or 0) >= invitations.VALID
