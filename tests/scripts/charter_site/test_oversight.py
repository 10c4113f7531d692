import pytest

from charter_data.snapshot import CallCounts, Finding, HoaxCounts
from charter_data.vocabulary import CallClass
from scripts.charter_site.measures import NOTHING_MEASURED, Measures
from scripts.charter_site.oversight import COUNTED, TIMED, Told, findings, tell
from scripts.charter_site.words import Words
from tests.snapshots import counts, figure, leg, snapshot, year

ID = Words("id")
FROM_THE_CHARTER = {"janji_ditepati", "kesepakatan"}


def told(charter, key, given):
    return tell(charter, ID, Measures(given), key)


def calls(answered, **classes):
    return counts(
        calls=CallCounts(
            arrived=answered, answered=answered, by_class={CallClass[k]: v for k, v in classes.items()}
        )
    )


def test_every_figure_that_is_told_is_one_of_the_ten(city_charter):
    ten = {figure.key for figure in city_charter.definitions.figures}

    assert COUNTED.keys() | TIMED.keys() | FROM_THE_CHARTER <= ten


def test_without_a_snapshot_only_the_charter_speaks(city_charter):
    said = {
        figure.key: tell(city_charter, ID, NOTHING_MEASURED, figure.key)
        for figure in city_charter.definitions.figures
    }

    assert {key for key, one in said.items() if one.sentences} == FROM_THE_CHARTER
    assert not any(one.is_measured or one.lines or one.table for one in said.values())


def test_calls_are_counted_and_folded_by_kind(city_charter):
    one = told(city_charter, "panggilan", year(city_charter))

    assert one.sentences == ("4.120 panggilan masuk, 3.871 diangkat. 74 di antaranya keadaan darurat.",)
    assert one.beside == (
        "Panggilan tentang layanan peka tidak ikut dihitung, supaya tidak ada yang dikenali.",
    )
    assert one.table.title == "Menurut golongan panggilan"
    assert one.is_measured


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        (0, ()),
        (19, ("3 dari 19 panggilan yang diangkat.",)),
        (20, ("15 dari setiap 100 panggilan yang diangkat (3 dari 20).",)),
        (1000, ("0,3 dari setiap 100 panggilan yang diangkat (3 dari 1.000).",)),
    ],
)
def test_misuse_is_a_rate_only_from_twenty_answered_calls(city_charter, answered, said):
    counted = calls(answered, NUISANCE=2, FALSE_REPORT=1, SILENT=4, MISTAKEN=1)

    assert told(city_charter, "penyalahgunaan", snapshot(city_charter, counts=counted)).sentences == said


def test_feedback_is_told_with_its_outcomes_beside_it(city_charter):
    said = told(city_charter, "suara_warga", year(city_charter))

    assert said.sentences == (
        "9 masukan diterima, 4 dijawab, 3 menunggu.",
        "2 lewat batas waktu, yang terlama 12 hari.",
    )
    assert said.beside == (
        "1 tidak dilanjutkan, 1 ditarik penulisnya. 2 jawaban diterbitkan.",
        "Hasilnya: 3 sudah dilakukan, 1 tidak bisa.",
        "Rencana lewat tanggal: 1. Disanggah penulisnya: 1. DPRD atau LSM tidak sependapat: 1.",
    )
    assert said.table.title == "Apa jadinya, dan apa yang masih terutang"


def test_what_staff_erased_is_told_and_named_so(city_charter):
    feedback = counts().feedback.model_copy(update={"withdrawn": 0, "erased_by_staff": 1})

    said = told(city_charter, "suara_warga", snapshot(city_charter, counts=counts(feedback=feedback)))

    assert "0 ditarik penulisnya" in said.beside[0]
    assert "Dihapus petugas: 1." in said.beside[-1]


def test_where_nothing_is_owed_that_is_not_told_and_where_nothing_was_promised_it_is(city_charter):
    nothing = dict.fromkeys(("in_time", "late", "overdue", "planned_overdue", "disputed"), 0)
    feedback = counts().feedback.model_copy(update={**nothing, "oldest_overdue_days": None, "opinions": {}})

    said = told(city_charter, "suara_warga", snapshot(city_charter, counts=counts(feedback=feedback)))

    assert said.sentences == ("9 masukan diterima, 4 dijawab, 3 menunggu.",)
    assert said.beside[0].endswith(" diterbitkan. Belum ada batas waktu menjawab yang dijanjikan.")
    assert len(said.beside) == 2


def test_the_seats_are_those_of_the_charter(city_charter):
    said = told(city_charter, "kesepakatan", year(city_charter))

    assert said.sentences == ("0 dari 20 kursi terisi.",)
    assert not said.is_measured


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("diangkat", [("UMUM.angkat", "")]),
        (
            "serah_terima",
            [
                ("UMUM.terus", "Dari dicatat sampai diteruskan"),
                ("UMUM.terima", "Dari diteruskan sampai diterima"),
            ],
        ),
        ("bantuan_tiba", [("KBK.siap", "Kebakaran"), ("KLL.tiba-ambulans", "Kecelakaan lalu lintas")]),
    ],
)
def test_a_card_has_a_line_for_all_calls_and_for_arrivals_the_required_one_first(city_charter, key, lines):
    given = told(city_charter, key, year(city_charter)).lines

    assert [(one.promise.id, one.name) for one in given] == lines


def test_an_arrival_with_few_cases_is_left_to_the_table_and_a_required_one_never(city_charter):
    few = figure(clause="KLL.tiba-ambulans", service="KLL", agency="dinkes", n=9, within=4)

    said = told(city_charter, "bantuan_tiba", snapshot(city_charter, figures=(few,)))

    assert [(one.promise.id, one.figure) for one in said.lines] == [("KBK.siap", None)]
    assert "4 dari 9" in [row.cells[0].said for row in said.table.rows if row.cells]


def test_beside_the_calls_in_time_stand_those_that_ended_unanswered(city_charter):
    said = told(city_charter, "diangkat", year(city_charter))

    assert said.beside == ("249 panggilan putus sebelum diangkat.",)
    assert told(city_charter, "diangkat", snapshot(city_charter, counts=calls(5))).beside == ()


def test_promises_are_counted_and_then_told_one_by_one(city_charter):
    said = told(city_charter, "janji_ditepati", year(city_charter))

    assert said.sentences[0].startswith("1 ditepati, 0 tidak, 0 belum pasti, 1 belum diukur.")
    assert said.table.title == "Satu per satu"


def test_completeness_is_told_for_the_legs_that_have_times_and_says_what_is_lacking(city_charter):
    said = told(city_charter, "kelengkapan", year(city_charter))

    assert said.sentences == ("Dari diteruskan sampai diterima: 82 dari 94 (87 persen) catatan lengkap.",)
    assert "Catatan utuh" in said.beside[0]


def test_few_records_have_no_percentage(city_charter):
    few = leg("UMUM.terima", None, 7, 40, missing=2)

    said = told(city_charter, "kelengkapan", snapshot(city_charter, figures=(few,)))

    assert said.sentences == ("Dari diteruskan sampai diterima: 7 dari 9 catatan lengkap.",)


@pytest.mark.parametrize("key", ["diangkat", "serah_terima", "kelengkapan"])
def test_a_figure_without_any_of_its_clauses_stays_not_measured(city_charter, key):
    given = snapshot(city_charter, figures=(figure(), figure(clause="KBK.hilang")))

    assert told(city_charter, key, given) == Told()


def test_findings_are_told_in_words():
    none = counts(hoax_reports=HoaxCounts(received=2, findings={Finding.NUISANCE: 0}))

    assert findings(ID, counts()) == (
        "3 cerita kami terima.",
        "Setelah diperiksa: 1 tidak terbukti, 2 panggilan iseng.",
    )
    assert findings(Words("en"), none) == ("We received 2.",)
