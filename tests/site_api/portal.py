"""A reviewer at the keyboard: signs in, keeps the cookie, sends the token of the page."""

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select, update

from site_api.database import db, write
from site_api.feedback.models import Feedback
from site_api.hoax_reports.models import HoaxReport
from site_api.installation import installation
from site_api.measures.models import Measure
from site_api.reviewers import invitations
from site_api.reviewers.authenticator import code_at, secret_of
from site_api.reviewers.models import Reviewer, Role
from site_api.reviewers.schemas import NewAccount

PASSWORD = "kata sandi yang panjang"  # noqa: S105 (of accounts that only tests have)
GROUND = {"organisation": "Forum Warga", "basis": "Surat 12/FW/2026, 3 November 2026"}
NUMBER = re.compile(r"[MPT]-[0-9A-Z]{6}")
MODELS: dict[str, Any] = {"M": Feedback, "P": HoaxReport, "T": Measure}
TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')


def add_reviewer(
    name: str, role: Role = Role.TRIAGE, agency: str | None = None, password: str = PASSWORD
) -> list[str]:
    """Invite somebody who accepts at once, and give the recovery codes."""
    place, ground = installation(), GROUND if role is Role.NGO else {}
    token = invitations.invite(place, "command", NewAccount(name=name, role=role, agency=agency, **ground))
    invitation = invitations.opened(place, token)
    return invitations.accept(place, invitation, password, _code(invitation.totp_salt))


def fresh_code(name: str) -> str:
    """Give the code that the authenticator of an account shows now.

    Tests sign in more often than a step is long, so the step counts as not used yet; a name that nobody has
    gets a code as well.
    """
    db.session.rollback()
    salt = db.session.scalar(select(Reviewer.totp_salt).where(Reviewer.name == name))
    unused = update(Reviewer).where(Reviewer.name == name).values(last_step=None)
    write(lambda connection: connection.execute(unused).rowcount)
    return _code(salt or "")


def _code(salt: str) -> str:
    place = installation()
    return code_at(secret_of(place.settings.secret_key, salt), place.now())


def token_of(response) -> str:
    """Give the token that the forms of a page carry."""
    found = TOKEN.search(response.text)
    assert found
    return found[1]


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD, base: str = "", **more):
    """Fill in the form with the code of now, or another one."""
    with client.application.app_context():
        sent = {"name": name, "password": password, "code": fresh_code(name)} | more
    page = client.get(f"{base}/tinjau/masuk")
    return client.post(f"{base}/tinjau/masuk", data={"token": token_of(page)} | sent)


class Desk:
    """Be one signed-in reviewer."""

    def __init__(self, client: FlaskClient, name: str) -> None:
        self.client = client
        assert sign_in(client, name).status_code == 303
        self.token = token_of(client.get("/tinjau/"))

    def get(self, address: str):
        return self.client.get(f"/tinjau/{address}")

    def post(self, address: str, **fields):
        """Send a form as its page would carry it: with the token and the version of the case."""
        sent = {"token": self.token, "version": _version_of(address)} | fields
        return self.client.post(f"/tinjau/{address}", data=sent)


def _version_of(address: str) -> str:
    number = NUMBER.search(address)
    if number is None:
        return ""
    model = MODELS[number[0][0]]
    db.session.rollback()
    version = db.session.scalar(select(model.version).where(model.number == number[0]))
    return str(version or "")
