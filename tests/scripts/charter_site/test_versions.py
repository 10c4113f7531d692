import json
from hashlib import sha256

import pytest

from charter_data.sealed import History
from charter_data.seals import canonical
from scripts.charter_site.building import build
from scripts.charter_site.composing import compose, extra_files
from scripts.charter_site.versions import public_editions, told_history
from scripts.charter_site.words import LANGUAGES, Words
from tests.documents import read
from tests.factories import changed, make_charter, text
from tests.sealing import CITY, FIRE, because, of_version, reworded, sealed, without_clause

FAMILY = "services/KDR.yml"
VIOLENCE = "Kekerasan yang tidak boleh tertulis"
HIDDEN = (VIOLENCE, "Supaya jelas", "KDR")
FIRST = of_version(CITY, "1.0")


@pytest.fixture
def history(tmp_path):
    sealed(tmp_path, FIRST)
    return sealed(tmp_path, reworded())


def charter_of(files):
    return make_charter(files=files)


def page(charter, history, folder, language="id"):
    trees = {tree.language: tree for tree in compose(charter, folder / "kerja", history=history)}
    return read((trees[language].source / "versi" / "index.md").read_text())


def beside(charter, language="id"):
    return {name: read(text) for name, text in extra_files(charter, language) if name.startswith("k/")}


def test_a_charter_that_was_never_sealed_says_so(tmp_path):
    shown = page(charter_of(CITY), History(), tmp_path)

    assert "Belum ada versi resmi." in shown.text
    assert "Isi sekarang" not in shown.text


def test_every_sealed_version_stands_on_the_page_the_newest_first(history, tmp_path):
    shown = page(charter_of(reworded()), history, tmp_path)

    assert [one.text for one in shown.all("h2")] == ["Isi sekarang", "Versi 1.1", "Versi 1.0"]
    for release in history.releases:
        assert release.seal in shown.text
    assert "Isi sekarang sama dengan versi 1.1." in shown.text


@pytest.mark.parametrize(("language", "now"), [("id", "Sekarang"), ("en", "Now")])
def test_what_changed_is_told_in_words_struck_and_new_with_its_reason(history, tmp_path, language, now):
    shown = page(charter_of(reworded()), history, tmp_path, language)

    assert [one.text for one in shown.all("del")] == [f"Damkar siap memadamkan ({language})"]
    assert [one.text for one in shown.all("ins")] == [f"Damkar siap menyemprot ({language})"]
    assert f"{now}: Damkar siap menyemprot ({language})" in shown.text
    assert f"Supaya jelas ({language})" in shown.text
    assert "M-7KQ4F2" in shown.text


def test_figures_and_bodies_are_told_in_words(history, tmp_path):
    files = changed(reworded(), FIRE, ("promises", 0, "targets", 0, "value"), 14)
    files = changed(files, FIRE, ("promises", 0, "owner"), "diskominfo")

    (told,) = told_history(charter_of(files), history, Words("id"))["unsealed"].clauses

    assert [(one.name, one.old, one.new) for one in told.fields] == [
        ("Batas waktu", "15 menit, dinilai dari rata-rata", "14 menit, dinilai dari rata-rata"),
        ("Penanggung jawab", "Damkar", "Diskominfo"),
    ]


def test_where_only_the_other_language_changed_the_page_says_so(history, tmp_path):
    files = changed(reworded(), FIRE, ("dont", "id"), "Jangan kembali")
    files = changed(files, FIRE, ("promises", 1, "text", "en"), "Other words")

    told = {language: page(charter_of(files), history, tmp_path, language).text for language in LANGUAGES}

    assert "Hanya naskah bahasa Inggris yang berubah." in told["id"]
    assert "Other words" in told["en"]
    assert "Bagian lain yang berubah: Kebakaran" in told["id"]
    assert "Jangan kembali" not in told["id"]


def family(files, version):
    made = of_version(changed(files, FAMILY, ("promises", 0, "text"), text(VIOLENCE)), version)
    return because(made, version, "BKL.tiba-polisi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_what_a_neutral_title_hides_is_told(tmp_path, language):
    sealed(tmp_path, FIRST)
    history = sealed(tmp_path, family(CITY, "1.1"))

    shown = page(charter_of(family(CITY, "1.1")), history, tmp_path, language)

    heading = next(one for one in shown.all("h4") if "BKL.tiba-polisi" in one.text)
    assert heading.one("a").attributes["href"].endswith("#bkl-tiba-polisi")
    assert not shown.all("del", "ins")
    assert not [word for word in HIDDEN if word in shown.text]


def test_the_public_edition_holds_every_clause_with_a_fingerprint_that_anybody_can_compute(history):
    editions = public_editions(history)

    edition = json.loads(editions["versi/1.1.json"])
    assert sorted(editions) == ["versi/1.0.json", "versi/1.1.json"]
    assert edition["seal"] == history.last.seal
    assert {clause["id"] for clause in edition["clauses"]} == set(history.last.clauses)
    for clause in edition["clauses"]:
        bound = {key: value for key, value in clause.items() if key != "sha256"}
        assert sha256(canonical(bound)).hexdigest() == clause["sha256"] == history.last.clauses[clause["id"]]


def test_the_public_edition_holds_no_data_code_note_or_waiting_line_and_no_hidden_reason(tmp_path):
    sealed(tmp_path, FIRST)
    history = sealed(tmp_path, family(CITY, "1.1"))

    edition = public_editions(history)["versi/1.1.json"]

    waiting = [case["do"][-1]["id"] for case in CITY[FAMILY]["special_cases"] if "needs" in case]
    assert waiting
    assert not [word for word in ("KDR", "note", "Supaya jelas", *waiting) if word in edition]


def gone(files=CITY):
    return without_clause(of_version(files, "1.1"), "1.1", "KBK.siap-warga", "KBK.siap")


@pytest.mark.parametrize(
    ("language", "told"),
    [("id", "dicabut pada versi 1.1, diganti oleh"), ("en", "withdrawn in version 1.1, replaced by")],
)
def test_a_withdrawn_clause_keeps_its_short_address(language, told):
    shown = beside(charter_of(gone()), language)["k/kbk-siap-warga/index.html"]

    assert told in shown.text
    assert f"Sudah lewat ({language})" in shown.text
    assert [one.attributes["href"] for one in shown.one("main").all("a")] == ["../kbk-siap/", "../../versi/"]


def test_a_withdrawn_clause_is_linked_from_the_versions(history, tmp_path):
    shown = page(charter_of({**gone(), "charter.yml": gone()["charter.yml"]}), history, tmp_path)

    heading = next(one for one in shown.all("h3") if "KBK.siap-warga" in one.text)
    assert heading.one("a").attributes["href"] == "../k/kbk-siap-warga/"
    assert "dicabut" in heading.text


def test_a_withdrawn_clause_of_a_sensitive_service_gives_no_reason():
    files = without_clause(CITY, "0.1", "BKL.tua", "BKL.tiba-polisi")

    shown = beside(charter_of(files))["k/bkl-tua/index.html"]

    assert "Sudah lewat" not in shown.text
    assert "dicabut pada versi 0.1" in shown.text


def test_the_same_history_gives_the_same_site(history, tmp_path):
    charter = charter_of(reworded())

    build(charter, tmp_path / "situs", work=tmp_path / "kerja", history=history)

    for name, content in public_editions(history).items():
        assert (tmp_path / "situs" / name).read_text() == content
    assert "Versi 1.1" in (tmp_path / "situs" / "versi" / "index.html").read_text()


@pytest.mark.parametrize(
    ("language", "label", "law", "idea"),
    [
        ("id", "Kedudukan", "diwajibkan aturan", "usulan"),
        ("en", "Standing", "required by law", "proposed"),
    ],
)
def test_a_changed_standing_is_told_in_words(tmp_path, language, label, law, idea):
    history = sealed(tmp_path, FIRST)
    files = changed(FIRST, FIRE, ("promises", 0, "standing"), "usulan")

    now = told_history(charter_of(files), history, Words(language))["unsealed"]

    (clause,) = now.clauses
    assert [(one.name, one.old, one.new) for one in clause.fields] == [(label, law, idea)]


def test_a_changed_standing_of_a_hidden_clause_is_told_by_its_id_alone(tmp_path):
    now = make_charter(files=FIRST)
    history = sealed(tmp_path, FIRST)
    (release,) = history.releases
    before = release.model_copy(update={"standings": {**release.standings, "BKL.tiba-polisi": "wajib"}})

    (clause,) = told_history(now, History((before,)), Words("id"))["unsealed"].clauses

    assert (clause.clause, clause.is_hidden, clause.fields) == ("BKL.tiba-polisi", True, ())
