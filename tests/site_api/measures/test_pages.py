"""Measures at the desk: a number is typed and never seen again; each role does its part, without a script."""

import json
import re

import pytest

from site_api.audit import AuditEntry
from site_api.database import db
from site_api.measures.models import Measure, State
from site_api.reviewers.models import Role
from tests.documents import read
from tests.forms import fields_of
from tests.site_api.measures.people import GROUNDS, NUMBER, again, hidden, import_calls, in_force, proposed
from tests.site_api.portal import Desk, add_reviewer
from tests.site_api.reviewers.roles_table import table, words

WAYS = (NUMBER, "081234567890", "81234567890", "6281234567890", "+6281234567890")
APPEAL = "Ponsel saya dipinjam tetangga malam itu."


class Desks(dict[str, Desk]):
    """Sign somebody in when first asked for: by the name of a role, or sari of the call centre."""

    def __init__(self, app):
        super().__init__()
        self.app = app

    def __missing__(self, name):
        role = Role.TRIAGE if name == "sari" else Role(name)
        add_reviewer(name, role, "damkar" if role is Role.AGENCY else None)
        self[name] = Desk(self.app.test_client(), name)
        return self[name]


@pytest.fixture
def desks(app):
    return Desks(app)


def looked_up(desk, number=NUMBER):
    return desk.post("tindakan/cari", caller_number=number)


def propose(desk, page, **changes):
    handle = fields_of(page, "/tinjau/tindakan/usul")["handle"]
    sent = {"handle": handle, "caller": "adult", "step": "tandai", "grounds": GROUNDS} | changes
    return desk.post("tindakan/usul", **sent)


def only():
    db.session.rollback()
    return db.session.query(Measure).populate_existing().one()


def facts(page):
    return [one.text for one in read(page.text).one("main").all("dd")]


def test_from_number_to_judgement_without_a_script(desks, tmp_path):
    import_calls(tmp_path, ["iseng", "palsu", "senyap", "darurat"])
    page = looked_up(desks["sari"])
    assert facts(page)[:3] == ["4", "2", "1"]
    assert propose(desks["sari"], page).status_code == 303
    number = only().number
    place = f"tindakan/{number}"
    assert number in desks["sari"].get("tindakan").text

    assert desks["triage"].post(f"{place}/setujui", grounds=GROUNDS).status_code == 303
    assert desks["sari"].post(f"{place}/beritahu").status_code == 303
    assert desks["sari"].post(f"{place}/banding", appeal=APPEAL).status_code == 303
    assert APPEAL in desks["inspectorate"].get(place).text
    judged = desks["inspectorate"].post(f"{place}/putus", outcome="lifted", grounds=GROUNDS)

    assert (judged.status_code, only().state) == (303, State.LIFTED)
    assert "Dicabut" in desks["sari"].get(place).text


def test_a_number_is_on_no_page_in_no_address_in_no_row_and_in_no_log(desks, tmp_path, caplog, capfd):
    caplog.set_level("DEBUG")
    import_calls(tmp_path, ["iseng", "palsu"])
    pages = [looked_up(desks["sari"], way) for way in WAYS]
    pages += [looked_up(desks["sari"], f"{NUMBER}x"), propose(desks["sari"], pages[0], step="polisi")]
    pages += [propose(desks["sari"], pages[0]), desks["sari"].get("tindakan")]
    pages += [desks["sari"].get(f"tindakan/{only().number}"), looked_up(desks["sari"])]

    assert [page.status_code for page in pages] == [200] * 5 + [422, 422, 303, 200, 200, 200]
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("piagam.sqlite3*"))
    said = capfd.readouterr()
    everywhere = [page.text + str(page.headers) for page in pages]
    for secret in (*WAYS, hidden()):
        assert not [page for page in everywhere if secret in page], secret
        assert secret not in caplog.text + said.out + said.err
    assert not [way for way in WAYS if way.encode() in stored]


def test_every_look_up_leaves_a_trace_that_tells_neither_number_nor_hash(desks, tmp_path):
    import_calls(tmp_path, ["iseng", "palsu"])
    looked_up(desks["sari"])
    looked_up(desks["sari"], "0813 0000 0000")

    db.session.rollback()
    traces = db.session.query(AuditEntry).filter_by(verb="calls.look_up").all()
    assert [(one.actor, one.subject, json.loads(one.detail)) for one in traces] == [
        ("sari", "calls", {"calls": 2}),
        ("sari", "calls", {"calls": 0}),
    ]


def test_of_a_call_it_tells_day_class_and_service_and_no_hour_and_no_place(desks, tmp_path):
    import_calls(tmp_path, ["iseng"])

    page = looked_up(desks["sari"]).text

    assert "4 Mei 2026" in page
    assert not re.search(r"\d{2}[.:]\d{2} WIB|\d{2}[.:]\d{2}:\d{2}", page)


def test_what_cannot_be_read_as_a_number_is_told_and_not_shown_again(desks):
    page = looked_up(desks["sari"], "entah-siapa")

    assert page.status_code == 422
    assert "Nomor ini tidak terbaca" in page.text
    assert "entah-siapa" not in page.text
    assert fields_of(page, "/tinjau/tindakan/cari")["caller_number"] == ""


def test_a_number_without_calls_offers_nothing_to_propose(desks):
    page = looked_up(desks["sari"])

    assert "Tidak ada panggilan dari nomor ini di catatan." in page.text
    assert "/tinjau/tindakan/usul" not in page.text


def test_calls_that_never_count_offer_nothing_to_propose(desks, tmp_path):
    never = ["senyap", "terputus", "salah_tekan", "keliru", "uji", "ganda", "bukan_darurat", "informasi"]
    import_calls(tmp_path, never)

    page = looked_up(desks["sari"])

    assert facts(page)[:3] == ["8", "0", "8"]
    assert "/tinjau/tindakan/usul" not in page.text


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"caller": "in_crisis"}, "caller", "tidak pernah dikenai tindakan"),
        ({"caller": "child"}, "step", "Anak tidak dihukum"),
        ({"caller": ""}, "caller", "Pilih salah satu"),
        ({"step": "polisi"}, "step", "Dua pejabat belum memutuskan"),
        ({"step": "tutup"}, "step", "Pilih salah satu"),
        ({"grounds": ""}, "grounds", "Tulis dulu"),
        ({"grounds": f"Nomornya {NUMBER}"}, "grounds", "Ada nomor telepon"),
    ],
)
def test_what_the_ladder_refuses_is_named_and_what_was_typed_is_kept(desks, tmp_path, changes, field, told):
    import_calls(tmp_path, ["iseng", "palsu"])

    page = propose(desks["sari"], looked_up(desks["sari"]), **changes)

    assert page.status_code == 422
    (link,) = read(page.text).one("main").one("ul").all("a")
    assert link.attributes["href"] == f"#{field}"
    assert told in page.text
    assert fields_of(page, "/tinjau/tindakan/usul")["grounds"] == changes.get("grounds", GROUNDS)
    assert db.session.query(Measure).count() == 0


def test_a_handle_is_good_for_half_an_hour_and_for_nobody_else(desks, tmp_path, clock):
    import_calls(tmp_path, ["iseng", "palsu"])
    page = looked_up(desks["sari"])

    assert propose(desks["triage"], page).status_code == 409
    assert propose(desks["sari"], page, handle="x" * 40).status_code == 409
    assert hidden() not in fields_of(page, "/tinjau/tindakan/usul")["handle"]
    clock.forward(minutes=29)
    desks["sari"].get("")
    clock.forward(minutes=2)
    late = propose(desks["sari"], page)

    assert late.status_code == 409
    assert "Cari nomornya sekali lagi" in late.text
    assert db.session.query(Measure).count() == 0


def test_whoever_proposed_is_told_to_wait_and_cannot_agree(desks):
    measure = proposed()
    place = f"tindakan/{measure.number}"

    assert "Menunggu pejabat kedua" in desks["sari"].get(place).text
    assert desks["sari"].post(f"{place}/setujui", grounds=GROUNDS).status_code == 409
    assert again(measure).state is State.PROPOSED


def waits_for(desk, number):
    """Tell whether the queue of a desk says that this measure waits for whoever looks."""
    links = read(desk.get("").text).one("main").all("a")
    return f"/tinjau/tindakan/{number}" in [link.attributes["href"] for link in links]


def test_a_proposal_waits_in_the_queue_of_whoever_may_second_it(desks):
    number = proposed().number

    assert waits_for(desks["triage"], number)
    assert "Menunggu keputusan Anda (1)" in desks["triage"].get("").text
    assert not waits_for(desks["sari"], number)
    assert not waits_for(desks["inspectorate"], number)
    desks["triage"].post(f"tindakan/{number}/setujui", grounds=GROUNDS)
    assert not waits_for(desks["triage"], number)


def test_an_objection_waits_in_the_queue_of_whoever_judges_it(desks):
    number = in_force().number
    desks["sari"].post(f"tindakan/{number}/banding", appeal=APPEAL)

    assert waits_for(desks["inspectorate"], number)
    assert not waits_for(desks["triage"], number)


def test_a_page_from_before_somebody_else_acted_changes_nothing(desks):
    measure = in_force()
    place = f"tindakan/{measure.number}"

    assert desks["sari"].post(f"{place}/beritahu", version="1").status_code == 409
    assert desks["sari"].post(f"{place}/beritahu").status_code == 303


@pytest.mark.parametrize("base", ["", "/en"])
def test_every_page_says_that_it_is_proposed_and_that_112_is_closed_to_no_number(desks, tmp_path, base):
    import_calls(tmp_path, ["iseng", "palsu"])
    measure = in_force()
    desk = desks["sari"]
    pages = [
        desk.client.get(f"{base}/tinjau/{place}") for place in ("tindakan", f"tindakan/{measure.number}")
    ]
    sent = {"token": desk.token, "caller_number": NUMBER}
    pages.append(desk.client.post(f"{base}/tinjau/tindakan/cari", data=sent))

    for page in pages:
        assert ("Proposed:" if base else "Usulan:") in page.text
        assert ("112 is never closed to any number" if base else "112 tidak pernah ditutup") in page.text


def test_each_role_reads_the_measures_of_the_page_and_none_the_hash(desks):
    before, standing = proposed(caller="a" * 64), in_force(step="putus")
    sight = {row["role"]: row["measures against false calls"] for row in table("Roles")}
    for role, what in sight.items():
        seen = [desks[role].get(f"tindakan/{one.number}") for one in (before, standing)]

        wanted = {"all": [200, 200], "once in force": [404, 200], "none": [403, 403]}[what]
        assert [page.status_code for page in seen] == wanted, role
        listed = desks[role].get("tindakan")
        assert (before.number in listed.text, standing.number in listed.text) == (
            what == "all",
            what != "none",
        )
        for page in [*seen, listed]:
            assert "a" * 64 not in page.text
            assert hidden() not in page.text
    assert GROUNDS not in desks["auditor"].get(f"tindakan/{standing.number}").text
    assert "tono" in desks["auditor"].get(f"tindakan/{standing.number}").text


def test_each_role_acts_on_measures_as_the_page_says_and_no_other(desks):
    measure = in_force()
    places = {
        "second": "setujui",
        "refuse": "tolak",
        "tell": "beritahu",
        "appeal": "banding",
        "judge": "putus",
    }
    acts = {row["act"]: words(row["who"]) for row in table("Acts") if row["act"] in places}
    assert acts.keys() == places.keys()
    for act, who in acts.items():
        for role in Role:
            # With the version of nobody's page nothing is changed, and it shows who gets as far as that.
            page = desks[role].post(f"tindakan/{measure.number}/{places[act]}", version="0")
            assert page.status_code == (409 if role in who else 403), (act, role)
    for place, act in (("tindakan/cari", "look_up"), ("tindakan/usul", "propose")):
        who = words(next(row["who"] for row in table("Acts") if row["act"] == act))
        refused = {role for role in Role if desks[role].post(place).status_code == 403}
        assert refused == set(Role) - who
