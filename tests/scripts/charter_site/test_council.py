"""The council's monthly report, read back from the PDF as readers and screen readers meet it."""

import json
import shutil
from datetime import date

import pytest

from charter_data.snapshot import Said
from charter_data.snapshot_files import write_snapshot
from scripts.build_charter import main
from scripts.charter_site.council import MOST_PAGES, report
from scripts.charter_site.printing import PrintError, print_sheets
from scripts.charter_site.words import LANGUAGES, Words
from tests.paper import Printed, elements, joined, kind
from tests.sites import changed, city_charter
from tests.snapshots import answer, opinion, snapshot, year

MM = 72 / 25.4
LONG = "Kami sudah memeriksanya bersama semua instansi. " * 80


def printed(folder, charter, given, language="id"):
    made = print_sheets(
        {"council": report(charter, given, language)}, folder, given.made_at.date(), MOST_PAGES
    )
    return Printed(made[0])


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Print the report of a simulated year in both languages."""
    charter = city_charter()
    return {
        language: printed(tmp_path_factory.mktemp(language), charter, year(charter), language)
        for language in LANGUAGES
    }


def texts(report):
    return [joined(page.extract_text()) for page in report.pdf.pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_has_at_most_four_numbered_pages_of_a4(reports, language):
    pages = reports[language].pdf.pages

    sizes = {
        (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM)) for page in pages
    }
    assert sizes == {(210, 297)}
    assert len(pages) <= MOST_PAGES
    assert [f"{number}/{len(pages)}" in text for number, text in enumerate(texts(reports[language]), 1)] == [
        True
    ] * len(pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_tagged_and_has_title_language_and_the_snapshot_s_date(reports, language):
    pdf = reports[language].pdf
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert "112" in pdf.metadata.title
    assert pdf.metadata.creation_date.date() == date(2026, 11, 24)
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_bars_are_no_pictures_to_a_screen_reader_and_rows_are_rows(reports):
    kinds = [kind(one) for one in elements(reports["id"].pdf.trailer["/Root"]["/StructTreeRoot"])]

    assert "/Figure" not in kinds
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 13  # ten figures, answers, opinions, open points
    assert kinds.count("/TH") >= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_figures_then_answers_opinions_open_points_and_whom_to_ask(reports, language):
    words, charter = Words(language), city_charter()
    label = words.labels
    wanted = [f"{at}. {words.text(one.title)}" for at, one in enumerate(charter.definitions.figures, 1)]
    wanted += [label["council"]["latest"], label["second_opinion"], label["open_points_title"]]
    wanted += [words.text(charter.agreements.open_points[-1].question), label["ask_officer"]]
    text = "".join(texts(reports[language]))

    at = 0
    for one in wanted:
        at = text.find(joined(one), at)
        assert at >= 0, one


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_that_it_is_simulated_a_draft_and_not_official(reports, language):
    words, notices = Words(language), city_charter().texts.notices
    city = city_charter().info.city.name
    paper = words.labels["paper"]
    said = [words.text(notices.simulated), paper["draft"].format(city=city), paper["unofficial"]]

    missing = [
        (at, one)
        for at, text in enumerate(texts(reports[language]))
        for one in said
        if joined(one) not in text
    ]

    assert missing == []


def test_what_is_owed_who_dissents_and_what_was_declined_is_told(reports):
    text = "".join(texts(reports["id"]))

    for said in (
        "2 lewat batas waktu, yang terlama 12 hari.",
        "Direncanakan, lewat tanggal",
        "Tidak dilanjutkan: iklan atau kiriman berulang",
        "DPRD Kota Contoh: tidak sependapat. Dua mobil saja belum cukup.",
        "0 dari 20 kursi terisi.",
        "3 cerita kami terima.",
    ):
        assert joined(said) in text, said


def test_what_the_snapshot_cannot_say_is_said_not_to_be_measured(reports, tmp_path):
    charter = city_charter()
    nothing = snapshot(charter, figures=(), answers=(), removed=(), counts=None)

    empty = printed(tmp_path, charter, nothing)

    assert "".join(texts(reports["id"])).count("Belumdiukur.") == 1
    assert "".join(texts(empty)).count("Belumdiukur.") >= 7
    assert joined(Words("id").labels["no_answers"]) in "".join(texts(empty))


def test_an_official_charter_and_real_data_need_no_notice(tmp_path):
    info = city_charter().info.model_copy(update={"status": "adopted", "official": True})
    official = changed(city_charter(), info=info)
    real = year(official).model_copy(update={"kind": "real"})

    text = "".join(texts(printed(tmp_path, official, real)))

    assert "simulasi" not in text
    assert "Rancangan" not in text
    assert joined("Bukan terbitan resmi") not in text


def test_however_long_answers_and_opinions_are_the_report_keeps_to_its_pages(tmp_path):
    charter = city_charter()
    said = Said(id=LONG.strip()[:2000])
    many = tuple(
        answer(number=f"M-{at:06}", text=said, opinions=tuple(opinion(text=said) for _ in range(9)))
        for at in range(30)
    )

    long = printed(tmp_path, charter, year(charter).model_copy(update={"answers": many}))

    assert len(long.pdf.pages) <= MOST_PAGES


def test_the_same_snapshot_gives_the_same_bytes(tmp_path):
    charter = city_charter()

    first, second = (printed(tmp_path / name, charter, year(charter)) for name in "ab")

    assert first.path.read_bytes() == second.path.read_bytes()


def test_a_bar_stays_dark_and_a_line_stays_there_without_colour(reports):
    assert shutil.which("pdftoppm"), "on Debian, apt-get install poppler-utils"
    picture = reports["id"].picture(60)
    band = picture.crop((round(0.42 * picture.width), 0, round(0.6 * picture.width), picture.height))

    assert sum(band.histogram()[:100]) > 0.01 * band.width * band.height


def test_the_command_prints_one_file_and_names_it(tmp_path, capsys):
    write_snapshot(tmp_path / "snapshot", year(city_charter()))
    out = tmp_path / "council" / "november.pdf"

    code = main(["report", "--snapshot", str(tmp_path / "snapshot"), "--out", str(out), "--language", "en"])

    assert (code, capsys.readouterr().out.strip()) == (0, str(out))
    assert Printed(out).pdf.trailer["/Root"]["/Lang"] == "en"
    assert [path.name for path in out.parent.iterdir()] == ["november.pdf"]


def test_a_snapshot_of_another_form_is_refused_and_nothing_is_printed(tmp_path, capsys):
    write_snapshot(tmp_path, year(city_charter()))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    old = manifest | {"schema_version": "piagam112/snapshot/1"}
    (tmp_path / "manifest.json").write_text(json.dumps(old))

    code = main(["report", "--snapshot", str(tmp_path), "--out", str(tmp_path / "out.pdf")])

    assert code == 1
    assert "of the form piagam112/snapshot/1" in capsys.readouterr().err
    assert not (tmp_path / "out.pdf").exists()


def test_a_report_that_would_need_more_pages_is_refused(tmp_path):
    sheet = {"council": report(city_charter(), year(city_charter()), "id")}

    with pytest.raises(PrintError, match="pages, not 1"):
        print_sheets(sheet, tmp_path, date(2026, 11, 24), 1)
