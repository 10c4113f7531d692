"""What is printed: read back from the PDF files, and from pictures of them as a phone would see them."""

import os
import random
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from charter_data.vocabulary import Intake
from scripts.build_charter import main
from scripts.charter_site.composing import compose
from scripts.charter_site.posters import NoAddressError, address_for, posters
from scripts.charter_site.printing import PrintError, print_sheets
from scripts.charter_site.words import LANGUAGES, Words
from tests.documents import read
from tests.factories import DAY, make_charter
from tests.paper import Printed, elements, joined, kind
from tests.sites import ROOT, changed, city_charter

BASE = "https://piagam112.kota.contoh"
MM = 72 / 25.4
QR = zxingcpp.barcode_formats_from_str("QRCode")
CODE_SHARE = 41 / 49  # of a code with its quiet zone, in modules
SIZES = {"a4": (210, 297), "a6": (105, 148), "kartu": (105, 74)}
NAMES = [name for name, _ in posters(city_charter(), BASE)]
SERVICES = {service.slug: service for service in city_charter().emergencies}
SENSITIVE = [service for service in city_charter().emergencies if service.is_sensitive]


def codes_in(picture):
    return {code.text for code in zxingcpp.read_barcodes(picture, formats=QR)}


def parts(name):
    language, file = name.split("/")
    slug, size = file.rsplit("-", 1)
    return language, slug, size


def addresses(language, service):
    root = f"{BASE}/" if language == "id" else f"{BASE}/en/"
    form = set() if service.is_sensitive else {f"{root}masukan?service={service.public_code}"}
    return {f"{root}layanan/{service.slug}/"} | form


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    assert shutil.which("pdftoppm"), "these tests look at PDF files: on Debian, apt-get install poppler-utils"
    folder = tmp_path_factory.mktemp("posters")
    print_sheets(dict(posters(city_charter(), BASE)), folder, city_charter().info.dated)
    return folder


@pytest.fixture(scope="module")
def sheet(folder):
    """Read each sheet once."""
    return cache(lambda name: Printed(folder / f"{name}.pdf"))


def printed_text(charter, folder, name):
    """Print one sheet of a charter and give its text."""
    html = dict(posters(charter, BASE))[name]
    (path,) = print_sheets({name: html}, folder, charter.info.dated)
    return Printed(path).text


def test_every_emergency_has_a_poster_and_a_card_and_the_schools_have_a_poster(folder):
    wanted = {f"{language}/panggilan-palsu-a4" for language in LANGUAGES}
    for service in SERVICES.values():
        card = "kartu" if service.is_sensitive else "a6"
        wanted |= {f"{language}/{service.slug}-{size}" for language in LANGUAGES for size in ("a4", card)}

    assert {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.pdf")} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_one_page_of_its_size(sheet, name):
    (page,) = sheet(name).pdf.pages

    size = (float(page.mediabox.width) / MM, float(page.mediabox.height) / MM)

    assert size == pytest.approx(SIZES[parts(name)[2]], abs=0.6)


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_tagged_and_has_title_language_and_the_charter_s_date(sheet, name):
    pdf = sheet(name).pdf
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == parts(name)[0]
    assert pdf.metadata.title
    assert pdf.metadata.creation_date.date() == city_charter().info.dated
    assert b"pdfuaid" in root["/Metadata"].get_data()


@pytest.mark.parametrize("name", NAMES)
def test_the_only_pictures_that_a_screen_reader_meets_are_codes_with_their_address(sheet, name):
    figures = [
        one for one in elements(sheet(name).pdf.trailer["/Root"]["/StructTreeRoot"]) if kind(one) == "/Figure"
    ]

    assert figures
    assert all(BASE in one["/Alt"] for one in figures)


@pytest.mark.parametrize("name", [name for name in NAMES if parts(name)[1] in SERVICES])
def test_what_is_heard_first_is_112_then_the_title_then_the_steps_then_the_address(sheet, name):
    language, slug, size = parts(name)
    words, service = Words(language), SERVICES[slug]
    title = words.labels["paper"]["numbers"] if size == "kartu" else words.text(service.title)
    steps = [] if size == "kartu" else [words.text(action) for action in service.do_now]
    text = sheet(name).text

    places = [text.find(joined(one)) for one in ("112", title, *steps, f"{BASE}/")]

    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    "name", [name for name in NAMES if parts(name)[1] in SERVICES and "kartu" not in name]
)
def test_nothing_that_a_poster_says_is_cut_off(sheet, name):
    language, slug, size = parts(name)
    words, service, page = Words(language), SERVICES[slug], city_charter().texts.emergency_page
    said = [*service.do_now, service.dont, page.say_first, *page.no_answer_numbers]
    said += service.tell_operator if size == "a4" else ()

    assert [one for one in map(words.text, said) if joined(one) not in sheet(name).text] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_edge_that_printers_leave_out_is_empty(sheet, name):
    picture = sheet(name).picture(60)
    edge = round(3.4 / 25.4 * 60)
    inside = (edge, edge, picture.width - edge, picture.height - edge)

    picture.paste(255, inside)

    assert picture.getextrema() == (255, 255)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(("-a4", "-a6"))])
def test_112_fills_a_third_of_the_sheet_and_is_dark_without_colour(sheet, name):
    picture = sheet(name).picture(60)
    dark = picture.point(lambda shade: 255 if shade < 100 else 0)
    upper = dark.crop((0, 0, picture.width, round(picture.height / 3)))
    middle = upper.crop((round(picture.width * 0.2), 0, round(picture.width * 0.8), upper.height))

    ink = sum(middle.histogram()[128:]) / (middle.width * middle.height)

    assert ink > 0.2


@pytest.mark.parametrize("name", [name for name in NAMES if parts(name)[1] in SERVICES])
def test_the_codes_lead_to_the_page_and_to_the_form_on_exactly_this_service(sheet, name):
    language, slug, _ = parts(name)

    found = codes_in(sheet(name).picture(150))

    assert found == addresses(language, SERVICES[slug])
    assert all(joined(address) in sheet(name).text for address in found)


def worn(picture, chance):
    """Give a code as a bad copier, a torn corner and a shaking hand leave it.

    A tenth of the code is covered in patches, anywhere but on the three corner marks: without one, no
    reader knows that there is a code.
    """
    picture, width = picture.copy(), picture.width
    draw, mark, left = ImageDraw.Draw(picture), 0.34 * width, 0.1 * (width * CODE_SHARE) ** 2
    while left > 0:
        across, along = (chance.uniform(0.08, 0.2) * width for _ in range(2))
        x, y = chance.uniform(0, width - across), chance.uniform(0, width - along)
        is_left, is_right, is_top = x < mark, x + across > width - mark, y < mark
        if (is_top and (is_left or is_right)) or (is_left and y + along > width - mark):
            continue
        draw.rectangle((x, y, x + across, y + along), fill=chance.choice((0, 255)))
        left -= across * along
    picture = picture.rotate(chance.uniform(-4, 4), fillcolor=255, expand=True)
    picture = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.5, 1.2)))
    noise = Image.frombytes("L", picture.size, chance.randbytes(picture.width * picture.height))
    return Image.blend(picture, noise, 0.2)


@pytest.fixture(scope="module")
def smallest_code(folder):
    """Give the page's code of a card, cut out as a phone sees it from a hand away."""
    picture = Printed(folder / "id" / "kebakaran-a6.pdf").picture(500)
    code = next(one for one in zxingcpp.read_barcodes(picture, formats=QR) if "layanan" in one.text)
    corner, far, zone = code.position.top_left, code.position.bottom_right, 31
    return picture.crop((corner.x - zone, corner.y - zone, far.x + zone, far.y + zone))


def test_a_worn_code_reads_a_hundred_times_of_a_hundred(smallest_code):
    chance = random.Random(112)  # noqa: S311 (the same wear every time)

    read_again = [codes_in(worn(smallest_code, chance)) for _ in range(100)]

    assert read_again.count({f"{BASE}/layanan/kebakaran/"}) == 100


FIGURE = (
    "services/KBK.yml",
    ("promises", 0, "text"),
    {"id": "Siap dalam 15 menit", "en": "Ready in 15 minutes"},
)


def test_a_figure_that_a_law_requires_may_stand_on_paper(tmp_path):
    charter = make_charter(FIGURE)

    assert "Siapdalam15menit" in printed_text(charter, tmp_path, "id/kebakaran-a4")


def test_a_figure_that_is_only_proposed_never_stands_on_paper():
    charter = make_charter(FIGURE, ("services/KBK.yml", ("promises", 0, "standing"), "usulan"))

    assert [
        name for name, html in posters(charter, BASE) if re.search(r"15\s", html.replace("15 11", ""))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sheet_of_the_city_tells_what_is_only_proposed(sheet, language):
    words = Words(language)
    promises = list(city_charter().promises())
    held = {words.duration(target) for one in promises if one.standing.is_promise for target in one.targets}
    only = {words.duration(target) for one in promises if one.is_proposal for target in one.targets} - held
    texts = {words.text(one.text) for one in promises if one.is_proposal}
    said = {name: sheet(name).text for name in NAMES if name.startswith(language)}

    assert only
    assert [(name, one) for name in said for one in only | texts if joined(one) in said[name]] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_sheet_says_that_112_works_without_a_sim_card(sheet, name):
    assert not re.search("kartusim|simcard", sheet(name).text, re.IGNORECASE)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("-kartu")])
def test_a_card_that_must_be_hidden_says_nothing_of_why_it_is_carried(sheet, name):
    language, slug, _ = parts(name)
    words, service = Words(language), SERVICES[slug]
    told = [service.name, service.title, service.card, service.line, service.dont, *service.do_now]
    text = sheet(name).text.replace(f"layanan/{slug}/", "").replace("SAPA,", "")

    assert "129" in text
    assert [one for one in told if one and joined(words.text(one)) in text] == []
    assert sheet(name).pdf.metadata.title == words.labels["paper"]["numbers"]


def test_the_cards_that_must_be_hidden_differ_in_nothing_but_their_code():
    sheets = dict(posters(city_charter(), BASE))
    cards = [sheets[f"id/{service.slug}-kartu"].replace(service.slug, "") for service in SENSITIVE]

    assert len(cards) > 1
    assert len({re.sub(r"data:[^\"]+", "", card) for card in cards}) == 1


@pytest.mark.parametrize("service", SENSITIVE, ids=lambda service: service.public_code)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_poster_of_a_sensitive_service_has_the_neutral_name_and_asks_for_no_feedback(
    sheet, language, service
):
    words, text = Words(language), sheet(f"{language}/{service.slug}-a4").text

    assert joined(words.text(service.title)) in text
    assert joined(words.text(service.name)) not in text
    assert joined(words.text(service.line)) not in text
    assert "masukan" not in text
    assert service.code not in text


def test_every_sheet_says_in_what_state_it_is_and_that_112_was_not_tested(sheet):
    for name in NAMES:
        words, text = Words(parts(name)[0]), sheet(name).text
        label = words.labels["paper"]
        city = city_charter().info.city.name
        wanted = (label["draft"].format(city=city), label["unofficial"])
        assert all(joined(one) in text for one in wanted), name
        assert joined(words.text(city_charter().texts.notices.unverified_112)) in text, name


def test_an_adopted_official_charter_with_a_tested_number_says_none_of_it():
    number = city_charter().emergency_number.model_copy(update={"verified_on": DAY, "verified_how": "Diuji"})
    info = city_charter().info.model_copy(
        update={"status": "adopted", "official": True, "emergency_number": number}
    )
    label = Words("id").labels["paper"]

    for name, html in posters(changed(city_charter(), info=info), BASE):
        if name.startswith("id/"):
            text = read(html).text
            assert label["unofficial"] not in text
            assert "Belum disahkan" not in text
            assert city_charter().texts.notices.unverified_112.id not in text


def test_while_intake_is_closed_no_code_leads_to_a_form():
    info = city_charter().info.model_copy(update={"intake": Intake.CLOSED})

    assert not any("/masukan" in html for _, html in posters(changed(city_charter(), info=info), BASE))


def test_the_form_is_where_the_app_is_and_the_page_where_the_site_is():
    info = city_charter().info.model_copy(update={"api_url": "https://app.contoh.example"})

    html = dict(posters(changed(city_charter(), info=info), "https://kota.example/piagam/"))[
        "en/kebakaran-a4"
    ]

    assert "https://kota.example/piagam/en/layanan/kebakaran/" in html
    assert "https://app.contoh.example/en/masukan?service=KBK" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_schools_learn_what_a_false_call_does_and_that_a_silent_one_is_no_misuse(sheet, language):
    words, policy = Words(language), city_charter().hoax_policy
    silent = next(item.name for item in city_charter().definitions.call_classes if item.key == "senyap")
    told = [policy.cost, *policy.parents, *policy.teachers, *city_charter().texts.home.cards]
    text = sheet(f"{language}/panggilan-palsu-a4").text

    assert [one for one in map(words.text, told) if joined(one) not in text] == []
    assert joined(f"{words.labels['proposal']} {words.lower_first(words.text(silent))}") in text


def test_the_same_charter_gives_the_same_bytes(tmp_path, folder):
    name = "id/kebakaran-a6"

    (again,) = print_sheets(
        {name: dict(posters(city_charter(), BASE))[name]}, tmp_path, city_charter().info.dated
    )

    assert again.read_bytes() == (folder / f"{name}.pdf").read_bytes()


def test_without_an_address_nothing_is_printed_and_the_field_is_named(charter):
    with pytest.raises(NoAddressError, match=r"charter\.yml: `public_url` is empty"):
        address_for(charter)


def test_the_address_of_the_charter_is_used_unless_another_is_given():
    charter = make_charter(("charter.yml", ("public_url",), "https://112.contoh.example"))

    assert address_for(charter) == "https://112.contoh.example"
    assert address_for(charter, "http://127.0.0.1:8112") == "http://127.0.0.1:8112"


@pytest.mark.parametrize("given", ["", "kota.example", "ftp://kota.example", "https://kota.example/?a=1"])
def test_an_address_that_is_none_of_a_site_is_refused(charter, given):
    with pytest.raises(NoAddressError, match="--base-url"):
        address_for(charter, given)


def test_a_poster_with_too_many_words_is_named_and_nothing_is_left(charter, tmp_path):
    long = "<!doctype html><html lang=id><title>a</title><p>" + "panjang<br>" * 300

    with pytest.raises(PrintError, match=r"id/panjang-a4 needs \d+ pages, not 1"):
        print_sheets({"id/panjang-a4": long}, tmp_path / "out", DAY)

    assert not (tmp_path / "out").exists()


def test_a_machine_without_pango_is_told_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with pytest.raises(PrintError, match=r"apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core"):
        print_sheets({"id/apa-a4": "<p>"}, tmp_path / "out", DAY)


def test_a_printing_process_that_was_stopped_from_outside_is_named(tmp_path, monkeypatch):
    (tmp_path / "weasyprint.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with pytest.raises(PrintError, match=r"Nothing was printed\. .* ended without a word \(-9\)"):
        print_sheets({"id/apa-a4": "<p>"}, tmp_path / "out", DAY)


def test_the_printing_process_ends_without_unloading_the_libraries_that_its_threads_run(tmp_path):
    sheet = tmp_path / "apa.html"
    sheet.write_text("<!doctype html><html lang=id><title>a</title><p>apa", encoding="utf-8")

    ended = subprocess.run(  # noqa: S603 (our own module, with a file of ours)
        [sys.executable, "-m", "scripts.charter_site.pressing", str(tmp_path), "1", str(sheet)],
        check=True,
        cwd=ROOT,
        env=os.environ | {"LD_DEBUG": "files"},
        capture_output=True,
        text=True,
    )

    assert "libpango" in ended.stderr
    assert "calling fini" not in ended.stderr
    assert sheet.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_the_command_refuses_early_and_prints_no_traceback(city, tmp_path, capsys):
    ended = main(["posters", "--data", str(city), "--to", str(tmp_path / "out")])

    assert ended == 1
    assert "`public_url` is empty" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_command_lists_what_it_has_printed(city, tmp_path, capsys):
    ended = main(["posters", "--data", str(city), "--to", str(tmp_path), "--base-url", BASE])

    listed = capsys.readouterr().out.splitlines()
    assert ended == 0
    assert str(tmp_path / "en" / "kebakaran-a6.pdf") in listed
    assert all(Path(line).read_bytes().startswith(b"%PDF") for line in listed)


def test_the_site_has_no_use_for_what_is_only_for_paper(charter, tmp_path):
    trees = compose(charter, tmp_path)

    assert (ROOT / "brand" / "paper.css").is_file()
    assert not list(tmp_path.rglob("paper.css"))
    assert trees
