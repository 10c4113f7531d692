import csv
import io

import pytest

from charter_data.models import Promise
from scripts.charter_site.exports.sippn import sheet, sheets
from tests.scripts.charter_site.exports.hostile import WORDS, hostile_charter

FIELDS = 14


def entries(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def of(found, field):
    return [value for name, value in found if name == field]


@pytest.fixture
def fire(charter):
    return entries(sheet(charter, charter.service["KBK"]))


def test_every_service_has_a_sheet_under_its_public_code(charter):
    assert list(sheets(charter)) == ["data/sippn/KBK.csv", "data/sippn/BKL.csv"]


def test_a_sheet_says_first_that_it_is_a_draft(charter, fire):
    notices = charter.texts.notices

    assert fire[0] == ["isian", "isi"]
    assert of(fire, "Kedudukan") == [notices.draft.id, notices.unofficial.id]


def test_a_sheet_has_unit_name_decree_and_every_component(charter, fire):
    names = [item.name.id for item in charter.definitions.components]

    assert of(fire, "Unit penyelenggara") == ["Instansi Damkar (id)"]
    assert of(fire, "Nama layanan") == ["Kebakaran"]
    assert of(fire, "Nomor SK") == ["belum kami temukan"]
    assert len(names) == FIELDS
    assert all(of(fire, name) for name in names)


def test_the_steps_stand_in_order_with_their_numbers(charter, fire):
    steps = charter.steps_of(charter.service["KBK"])

    found = of(fire, "prosedur (id)")[1:]

    assert [line.split(".")[0] for line in found] == [str(number) for number in range(1, len(steps) + 1)]
    assert all(line.endswith(step.text.id) for line, step in zip(found, steps, strict=True))


def test_every_figure_has_its_standing(charter, fire):
    found = of(fire, "jangka-waktu (id)")

    assert "15 menit, dinilai dari rata-rata: Damkar siap memadamkan (id) (diwajibkan aturan)" in found
    assert "15 detik, untuk 90 dari 100: Operator mengangkat (id) (usulan)" in found


@pytest.mark.parametrize("code", ["KBK", "MED", "KDR", "HOX"])
def test_in_the_city_no_figure_lacks_its_standing(city_charter, code):
    service = city_charter.service[code]
    on_steps = {step.promise for step in city_charter.steps_of(service)}
    promises = [one for one in city_charter.promises() if one.id in on_steps or one in service.promises]
    figures = [one for one in promises if isinstance(one, Promise) and one.targets]

    found = of(entries(sheet(city_charter, service)), "Jangka waktu penyelesaian")

    marked = [line for line in found if line.endswith(("(usulan)", "(diwajibkan aturan)", "(disepakati)"))]
    assert len(marked) == len(figures)


def test_what_has_not_been_found_says_so():
    charter = hostile_charter()

    found = entries(sheet(charter, charter.service["KBK"]))

    assert of(found, "kompetensi (id)") == ["belum kami temukan"]


def test_a_sensitive_service_stands_under_its_neutral_name(charter):
    told = sheet(charter, charter.service["KDR"])

    assert of(entries(told), "Nama layanan") == ["Bantuan keluarga"]
    assert "KDR" not in told
    assert "Kekerasan" not in told


def test_hostile_words_come_out_as_they_are_behind_an_apostrophe():
    charter = hostile_charter()

    found = entries(sheet(charter, charter.service["KBK"]))

    assert of(found, "Nama layanan") == of(found, "biaya (id)") == [f"'{WORDS}"]
