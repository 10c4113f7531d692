import pytest
from sqlalchemy import update

from charter_data.snapshot import Stance
from site_api.audit import verify
from site_api.auditing import unproven
from site_api.database import db, write
from site_api.errors import Conflict, PublishingRefused
from site_api.feedback import counting, following, opinions, queries, workflow
from site_api.feedback.models import Feedback, Opinion
from site_api.feedback.schemas import NewFeedback, NewOpinion, Verification
from site_api.figures.commands import take
from site_api.installation import installation
from site_api.reviewers.models import Actor, Reviewer, Role
from tests.site_api.portal import Desk, add_reviewer, sign_in, token_of
from tests.site_api.stories import TRIAGE, answer

SAID = "Satu regu jaga belum cukup untuk dua kecamatan."
NGO = "Forum Warga Contoh"


@pytest.fixture
def council(app):
    """Sign in a member of the council, whose account names no organisation."""
    add_reviewer("dewan", Role.DPRD)
    return Desk(app.test_client(), "dewan")


@pytest.fixture
def ngo(app):
    add_reviewer("forum", Role.NGO)
    named = update(Reviewer).where(Reviewer.name == "forum").values(organisation=NGO)
    write(lambda c: c.execute(named).rowcount)
    return Desk(app.test_client(), "forum")


@pytest.fixture
def published(answered):
    def publish(**changes):
        case = answered(**changes)
        workflow.publish(installation(), TRIAGE, case)
        return case

    return publish


def say(desk, case, **changes):
    sent = {"stance": "disagrees", "opinion_id": SAID, "opinion_en": ""} | changes
    return desk.post(f"masukan/{case.number}/pendapat", **sent)


def in_snapshot():
    place = installation()
    return [one for given in take(place, place.now()).answers for one in given.opinions]


def by_code(client, code):
    return client.post("/api/v1/track", json={"tracking_code": code}).json


def with_code(clause="KBK.siap"):
    """Answer and publish a case whose tracking code is known."""
    from_citizen = {"kind": "complaint", "message": "Damkar datang lama sekali.", "happened": "past"}
    allowed = {"may_publish": True, "may_pass_on": False, "clause": clause}
    new = NewFeedback.model_validate(from_citizen | allowed, strict=False)
    stored, code = workflow.submit(installation(), new, None)
    case = db.session.query(Feedback).filter_by(number=stored.number).one()
    read = Verification(kind=case.kind, clause=case.clause)
    workflow.verify(installation(), TRIAGE, case, read)
    workflow.answer(installation(), TRIAGE, case, answer())
    workflow.publish(installation(), TRIAGE, case)
    return case, code


def test_an_opinion_goes_public_with_the_answer_in_the_name_of_the_organisation(council, ngo, published):
    case = published()

    assert say(council, case).status_code == 303
    assert say(ngo, case, stance="adds", opinion_en="One crew is not enough.").status_code == 303

    of_council, of_ngo = in_snapshot()
    assert (of_council.organisation, of_council.stance) == ("DPRD Kota Tebing Tinggi", Stance.DISAGREES)
    assert (of_ngo.organisation, of_ngo.role, of_ngo.text.en) == (NGO, "ngo", "One crew is not enough.")
    listed = council.client.get("/api/v1/answers").json["answers"][0]["opinions"]
    assert [one["organisation"] for one in listed] == ["DPRD Kota Tebing Tinggi", NGO]
    assert "dewan" not in str(listed)


def test_an_opinion_waits_until_the_answer_is_public_and_comes_off_with_it(council, answered):
    case = answered()
    say(council, case)
    assert in_snapshot() == []

    workflow.publish(installation(), TRIAGE, case)
    assert len(in_snapshot()) == 1

    workflow.unpublish(installation(), TRIAGE, case)
    assert in_snapshot() == []


def test_the_writer_reads_it_by_code_once_it_is_public(council, client):
    case, code = with_code()
    assert say(council, case).status_code == 303

    assert [one["text"]["id"] for one in by_code(client, code)["answer"]["opinions"]] == [SAID]
    assert SAID in client.post("/lacak", data={"tracking_code": code}).text
    assert SAID in client.post("/lacak/cetak", data={"tracking_code": code}).text
    assert SAID in client.post("/lacak/simpan", data={"tracking_code": code}).text

    workflow.unpublish(installation(), TRIAGE, db.session.get_one(Feedback, case.id))
    assert by_code(client, code)["answer"]["opinions"] == []
    assert SAID not in client.post("/lacak", data={"tracking_code": code}).text


def test_a_reviewer_has_one_opinion_of_an_answer_until_it_is_withdrawn(council, published):
    case = published()
    say(council, case)
    assert say(council, case, stance="agrees").status_code == 409

    assert council.post(f"masukan/{case.number}/tarik-pendapat").status_code == 303
    assert in_snapshot() == []
    assert council.post(f"masukan/{case.number}/tarik-pendapat").status_code == 409

    assert say(council, case, stance="agrees").status_code == 303
    assert [one.stance for one in in_snapshot()] == [Stance.AGREES]


def test_nobody_withdraws_the_opinion_of_another(council, ngo, published):
    case = published()
    say(council, case)

    assert ngo.post(f"masukan/{case.number}/tarik-pendapat").status_code == 409
    assert len(in_snapshot()) == 1


def test_two_opinions_sent_at_once_are_one(council, published):
    case, actor = published(), actor_of("dewan")
    new = NewOpinion(stance=Stance.AGREES, opinion_id=SAID)
    opinions.opine(installation(), actor, case, new, "DPRD")
    db.session.refresh(case)

    with pytest.raises(Conflict):
        opinions.opine(installation(), actor, case, new, "DPRD")


def actor_of(name):
    row = db.session.query(Reviewer).filter_by(name=name).one()
    return Actor(row.id, row.name, row.role, None, "token")


def test_an_opinion_of_the_first_answer_is_not_shown_beside_the_second(council, published):
    case = published()
    say(council, case)
    db.session.refresh(case)
    following.dispute(installation(), case, "Belum menjawab pertanyaan saya.")
    db.session.refresh(case)
    workflow.answer(installation(), TRIAGE, case, answer(text_id="Kami menambah dua regu jaga."))
    db.session.refresh(case)
    workflow.publish(installation(), TRIAGE, case)

    assert in_snapshot() == []
    assert say(council, case, stance="agrees").status_code == 303
    assert [one.stance for one in in_snapshot()] == [Stance.AGREES]


@pytest.mark.parametrize("changes", [{"may_publish": False}, {"confidential": True}])
def test_an_answer_that_can_never_be_public_takes_no_opinion(council, answered, changes):
    case = answered(**changes)
    new = NewOpinion(stance=Stance.ADDS, opinion_id=SAID)

    assert say(council, case).status_code in (404, 409)
    with pytest.raises(PublishingRefused):
        opinions.opine(installation(), actor_of("dewan"), case, new, "DPRD")
    assert db.session.query(Opinion).count() == 0


def test_nothing_is_said_of_a_case_without_an_answer(council, verified):
    assert say(council, verified()).status_code == 409


def test_an_account_that_names_no_organisation_says_nothing_in_public(app, published):
    add_reviewer("siapa", Role.NGO)
    write(lambda c: c.execute(update(Reviewer).values(organisation=None)).rowcount)
    case = published()

    assert say(Desk(app.test_client(), "siapa"), case).status_code == 409
    actor, new = actor_of("siapa"), NewOpinion(stance=Stance.ADDS, opinion_id=SAID)
    with pytest.raises(Conflict):
        opinions.opine(installation(), actor, case, new, queries.shown_as(actor))


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("opinion_id", "pendek", "10"),
        ("opinion_id", "x" * 2001, "2.000"),
        ("opinion_id", "Tanya Pak Budi di 0812-3456-7890 saja.", "telepon"),
        ("stance", "", "Pilih"),
    ],
)
def test_a_fault_is_named_and_what_was_typed_is_kept(council, published, name, value, fault):
    page = say(council, published(), opinion_en="This stays typed in.", **{name: value})

    assert page.status_code == 422
    assert f'href="#pendapat-{name}"' in page.text
    assert "This stays typed in." in page.text


def test_erasing_a_case_takes_its_opinions_and_the_chain_still_holds(council, published):
    case = published()
    say(council, case)
    assert unproven() == []
    db.session.refresh(case)

    following.erase(installation(), case)

    (left,) = db.session.query(Opinion).all()
    assert (left.text_id, left.text_en) == (None, None)
    assert in_snapshot() == []
    assert verify().fault is None
    assert unproven() == []


def test_a_changed_opinion_is_found_by_the_audit(council, published):
    case = published()
    say(council, case)
    write(lambda c: c.execute(update(Opinion).values(stance=Stance.AGREES)).rowcount)

    assert unproven() == [f"{case.number}: the opinion is not what the audit proves"]


def test_only_the_organisation_is_named_on_the_page(council, ngo, published):
    case = published()
    say(council, case)

    page = ngo.get(f"masukan/{case.number}").text

    assert SAID in page
    assert "DPRD Kota Tebing Tinggi" in page
    assert "dewan" not in page
    assert f"atas nama {NGO}" in page


def test_triage_reads_opinions_and_writes_none(app, client, council, published):
    case = published()
    say(council, case)
    add_reviewer("sari")
    desk = Desk(client, "sari")

    page = desk.get(f"masukan/{case.number}").text

    assert SAID in page
    assert "tarik-pendapat" not in page
    assert say(desk, case).status_code == 403


def test_opinions_are_counted_also_where_the_answer_is_not_published(council, ngo, answered):
    case = answered()
    say(council, case)
    say(ngo, case, stance="adds")
    council.post(f"masukan/{case.number}/tarik-pendapat")
    say(council, case, stance="agrees")

    day = installation().local_date(installation().now())

    assert counting.counts(installation(), day, day).opinions == {Stance.AGREES: 1, Stance.ADDS: 1}


def test_a_withdrawn_case_takes_no_opinion(council, published):
    case = published()
    workflow.withdraw(installation(), case)
    db.session.refresh(case)

    actor, new = actor_of("dewan"), NewOpinion(stance=Stance.ADDS, opinion_id=SAID)
    with pytest.raises(Conflict):
        opinions.opine(installation(), actor, case, new, "DPRD")


def test_signing_in_is_needed(client, published):
    case = published()
    page = client.get("/tinjau/masuk")

    sent = {"token": token_of(page), "stance": "agrees", "opinion_id": SAID, "version": "1"}

    assert client.post(f"/tinjau/masukan/{case.number}/pendapat", data=sent).status_code in (401, 403)
    assert sign_in(client, "nobody").status_code != 303
