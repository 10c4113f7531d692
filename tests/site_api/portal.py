"""A reviewer at the keyboard: signs in, keeps the cookie, sends the token of the page."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from site_api.database import db
from site_api.feedback.models import Feedback
from site_api.hoax_reports.models import HoaxReport
from site_api.installation import installation
from site_api.reviewers import workflow
from site_api.reviewers.models import Role

PASSWORD = "kata sandi yang panjang"  # noqa: S105 (of accounts that only tests have)
NUMBER = re.compile(r"[MP]-[0-9A-Z]{6}")
TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')


def add_reviewer(name: str, role: Role = Role.TRIAGE, agency: str | None = None) -> None:
    workflow.add(installation(), name, role, agency, PASSWORD)


def token_of(response) -> str:
    """Give the token that the forms of a page carry."""
    found = TOKEN.search(response.text)
    assert found
    return found[1]


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD, base: str = ""):
    page = client.get(f"{base}/tinjau/masuk")
    return client.post(
        f"{base}/tinjau/masuk", data={"token": token_of(page), "name": name, "password": password}
    )


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
    model = Feedback if number[0].startswith("M") else HoaxReport
    db.session.rollback()
    version = db.session.scalar(select(model.version).where(model.number == number[0]))
    return str(version or "")
