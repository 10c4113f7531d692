"""Roles x routes x cases of every kind: each answer is what `roles.md` says, and leaks nothing."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest
from sqlalchemy import update

from charter_data.snapshot import Stance
from site_api.database import db, write
from site_api.feedback import following, keeping, opinions, workflow
from site_api.feedback.models import Feedback, State
from site_api.feedback.schemas import Assignment, NewOpinion, Verification
from site_api.installation import installation
from site_api.reviewers.models import Actor, Role
from tests.documents import read
from tests.site_api.portal import Desk, add_reviewer
from tests.site_api.reviewers.roles_table import table, words
from tests.site_api.stories import TRIAGE, answer

SRI_PADANG = "1274020008"
OWN, OTHER = "damkar", "polres"
LISTS = ("", "ditahan", "selesai", "cari?words=lama", f"?district={SRI_PADANG}", "selesai?sensitive=yes")
KINDS = ("own", "other agency's", "conflict", "sensitive")
CANARIES = {
    "words": ("kenari-teks", "kenari-pesan", "kenari-alasan"),
    "place": ("Sri Padang",),
    "answer": ("kenari-jawab", "kenari-ringkas", "kenari-pendapat"),
    "staff": ("kenari-petugas",),
    "notes": ("kenari-catatan-triase", "kenari-catatan-inspektorat", "kenari-catatan-damkar"),
}
NOTES = {
    "triage": "kenari-catatan-triase",
    "inspectorate": "kenari-catatan-inspektorat",
    "agency": "kenari-catatan-damkar",
}
NOBODYS = "kenari-dewan"
"""Whoever wrote an opinion is named to nobody: its organisation is."""
COUNCIL = Actor(0, NOBODYS, Role.DPRD, None, "")
ADDRESSES = {
    "release": "lepas",
    "verify": "periksa",
    "assign": "teruskan",
    "answer": "jawab",
    "write": "pesan",
    "publish": "tayangkan",
    "unpublish": "turunkan",
    "decline": "tolak",
    "extend": "perpanjang",
    "note": "catatan",
    "erase": "hapus",
    "decide": "persetujuan/1/setuju",
    "take_back": "persetujuan/1/batal",
    "opine": "pendapat",
}


class Planted(NamedTuple):
    """Name a case that carries a canary in every part."""

    number: str
    kind: str
    state: State

    @property
    def is_sensitive(self) -> bool:
        return self.kind == "sensitive"


@pytest.fixture
def planted(app, submitted) -> list[Planted]:
    """Plant a case of every kind in every state."""
    return [_plant(submitted, kind, state) for kind, state in product(KINDS, State)]


def _plant(submitted, kind: str, state: State) -> Planted:
    place, case = installation(), submitted(message="kenari-teks: Damkar datang lama sekali.")
    number, key, kind_of_feedback, clause = case.number, case.id, case.kind, case.clause

    def fresh() -> Feedback:
        return db.session.get_one(Feedback, key, populate_existing=True)

    following.add_message(place, fresh(), "kenari-pesan, masih ada yang lain")
    workflow.verify(place, TRIAGE, fresh(), Verification(kind=kind_of_feedback, clause=clause))
    agency = OTHER if kind == "other agency's" else OWN
    workflow.assign(place, TRIAGE, fresh(), Assignment(agency=agency, reason="kenari-alasan"))
    given = answer(text_id="kenari-jawab: satu regu lagi", summary_id="kenari-ringkas: regu datang lama")
    workflow.answer(place, TRIAGE, fresh(), given)
    for role, note in NOTES.items():
        office = Actor(9, "kenari-petugas", Role(role), OWN if role == "agency" else None, "")
        keeping.note(place, office, fresh(), note)
    said = NewOpinion(stance=Stance.ADDS, opinion_id="kenari-pendapat: tambah satu lagi")
    opinions.opine(place, COUNCIL, fresh(), said, "DPRD")
    values = {
        "state": state,
        "district": SRI_PADANG,
        "concerns": place.operators if kind == "conflict" else None,
        "is_sensitive": kind == "sensitive",
        "verified_by": "kenari-petugas",
    }
    write(lambda c: c.execute(update(Feedback).where(Feedback.id == key).values(**values)).rowcount)
    return Planted(number, kind, state)


@pytest.fixture
def desks(app) -> dict[str, Desk]:
    """Sign in one reviewer of every role."""
    for role in Role:
        add_reviewer(role.value, role, OWN if role is Role.AGENCY else None)
    return {role.value: Desk(app.test_client(), role.value) for role in Role}


def sees(role: str, case: Planted) -> bool:
    """Tell what the page says: whose cases the role sees, and in which states."""
    whose = {row["role"]: row["cases of feedback within sight"] for row in table("Roles")}[role]
    row = next(row for row in table("States") if row["state"] == case.state)
    is_within = {
        "all": True,
        "none": False,
        "of the own agency": case.kind != "other agency's",
        "not about the operators": case.kind != "conflict",
        "about the operators": case.kind == "conflict",
    }[whose]
    return is_within and role in words(row["who reads if sensitive" if case.is_sensitive else "who reads"])


def hidden(role: str, case: Planted) -> Iterator[str]:
    """Give the canaries of the parts that the role does not read."""
    column = "who reads if sensitive" if case.is_sensitive else "who reads"
    for row in table("Parts"):
        if role not in words(row[column]):
            yield from CANARIES.get(row["part"], ())
        elif row["part"] == "notes":  # each office reads its own
            yield from (note for office, note in NOTES.items() if office != role)


def shown(role: str, case: Planted) -> Iterator[str]:
    for part, canaries in CANARIES.items():
        if part == "notes":
            yield from {NOTES.get(role, "")} - {"", *hidden(role, case)}
        elif not set(canaries) & set(hidden(role, case)):
            yield from canaries if part != "place" or not case.is_sensitive else ()


def test_each_role_reads_of_each_case_the_parts_of_the_page_and_no_other(desks, planted):
    for (role, desk), case in product(desks.items(), planted):
        page = desk.get(f"masukan/{case.number}")

        where = (role, case)
        assert page.status_code == (200 if sees(role, case) else 403 if role == "admin" else 404), where
        if not sees(role, case):
            assert not [one for some in CANARIES.values() for one in some if one in page.text], where
            continue
        assert not [one for one in (*hidden(role, case), NOBODYS) if one in page.text], where
        assert not [one for one in shown(role, case) if one not in page.text], where


def test_each_role_acts_on_the_cases_of_the_page_and_no_other(desks, planted):
    acts = {row["act"]: words(row["who"]) for row in table("Acts") if row["act"] in ADDRESSES}
    assert acts.keys() == ADDRESSES.keys()
    for (role, desk), case, (act, who) in product(desks.items(), planted, acts.items()):
        # With the version of nobody's page nothing is changed, and it shows who gets as far as that.
        response = desk.post(f"masukan/{case.number}/{ADDRESSES[act]}", version="0")

        wanted = 403 if role not in who else 409 if sees(role, case) else 404
        assert response.status_code == wanted, (role, case, act)


def test_no_list_tells_a_role_of_a_case_out_of_its_sight(desks, planted):
    for (role, desk), address in product(desks.items(), LISTS):
        listed = desk.get(address).text

        for case in planted:
            if not sees(role, case):
                assert case.number not in listed, (role, case)
        # The form offers every kelurahan to whoever may ask for one.
        told = "".join(table.text for table in read(listed).all("table"))
        assert not [one for some in CANARIES.values() for one in some if one in told], (role, address)
