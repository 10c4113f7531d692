from urllib.parse import parse_qs, urlsplit

import pytest

from charter_data.vocabulary import Intake
from scripts.charter_site.composing import compose
from scripts.charter_site.views import home_of
from scripts.charter_site.words import labels
from tests.documents import read
from tests.sites import APP_ADDRESSES, changed, city_charter, language_of

PREFIXES = ["/", "/en/"]
SERVICES = [(service, prefix) for service in city_charter().services for prefix in PREFIXES]
LEGS = [(service, prefix) for service, prefix in SERVICES if service.steps]


def service_page(site, service, prefix):
    return site.page(f"{prefix}layanan/{service.slug}/")


def of_form(prefix, path):
    return f"{prefix.rstrip('/')}{path}"


def asked_by_links(element, prefix):
    """Give what the links to the form ask about, as clause and service."""
    found = [urlsplit(one.attributes["href"]) for one in element.all("a")]
    told = [parse_qs(one.query) for one in found if one.path == of_form(prefix, "/masukan") and one.query]
    return [tuple(one.get(key, [""])[0] for key in ("clause", "service")) for one in told]


def asked_by_buttons(element, prefix):
    made = []
    for form in element.all("form"):
        assert (form.attributes["method"], form.attributes["action"]) == (
            "post",
            of_form(prefix, "/masukan/mulai"),
        )
        assert form.one("button").text == labels(language_of(prefix))["tell_us"]
        kept = {one.attributes["name"]: one.attributes["value"] for one in form.all("input")}
        made.append((kept["clause"], kept["service"]))
    return made


def shown_clauses(charter, service):
    """Give the clauses of promises on a service page: its cards, and the legs of its lane."""
    on_cards = [promise.id for promise in service.promises]
    on_legs = [step.promise for step in charter.steps_of(service) if step.promise]
    return sorted([*on_cards, *on_legs])


@pytest.mark.parametrize(("service", "prefix"), SERVICES, ids=lambda one: getattr(one, "public_code", one))
def test_every_clause_of_a_promise_leads_to_feedback_on_it_for_that_service(
    city_charter, built_site, service, prefix
):
    page = service_page(built_site, service, prefix)

    links, buttons = asked_by_links(page, prefix), asked_by_buttons(page, prefix)
    expected = [(clause, service.public_code) for clause in shown_clauses(city_charter, service)]
    assert sorted(buttons if service.is_sensitive else links) == expected
    assert (links if service.is_sensitive else buttons) == []


def test_from_a_sensitive_service_no_address_tells_what_was_read(built_site, city_charter):
    codes = [service.public_code for service in city_charter.services if service.is_sensitive]

    told = [
        (address, one.attributes["href"])
        for address, page in built_site.pages.items()
        for one in page.all("a")
        if any(code.lower() in urlsplit(one.attributes["href"]).query.lower() for code in codes)
    ]

    assert (len(codes), told) == (2, [])


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_clause_of_every_call_is_asked_about_without_a_service_on_the_page_of_promises(
    city_charter, built_site, prefix
):
    page = built_site.page(f"{prefix}janji/")

    asked = asked_by_links(page, prefix)

    assert sorted(asked) == sorted((promise.id, "") for promise in city_charter.common.promises)


def test_the_link_stands_on_the_card_of_its_clause(city_charter, built_site):
    for promise in city_charter.promises():
        home, _, anchor = home_of(city_charter, promise).partition("#")
        card = built_site.page(f"/{home}").by_id(anchor)
        asked = asked_by_links(card, "/") or asked_by_buttons(card, "/")
        assert [clause for clause, _ in asked] == [promise.id]


def app_links(page):
    return {urlsplit(one.attributes["href"]).path for one in page.all("a")} & APP_ADDRESSES


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("", {"/masukan", "/masukan/panggilan-palsu", "/lacak", "/data-kami"}),
        ("jawaban/", {"/masukan", "/lacak"}),
        ("kesepakatan/", {"/masukan"}),
        ("panggilan-palsu/", {"/masukan/panggilan-palsu"}),
        ("layanan/panggilan-palsu/", {"/masukan", "/masukan/panggilan-palsu"}),
    ],
)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_pages_lead_to_the_forms_in_their_own_language(built_site, prefix, address, leads_to):
    assert app_links(built_site.page(prefix + address)) == {of_form(prefix, path) for path in leads_to}


@pytest.fixture(scope="module")
def composed(tmp_path_factory):
    """Compose the site of each intake, without a site tool."""

    def compose_with(intake):
        charter, work = city_charter(), tmp_path_factory.mktemp(intake.value)
        info = charter.info.model_copy(update={"intake": intake})
        compose(changed(charter, info=info), work)
        sources = {path.relative_to(work / "src").as_posix(): path for path in work.rglob("*.md")}
        return {name: read(path.read_text(encoding="utf-8")) for name, path in sources.items()}

    return {intake: compose_with(intake) for intake in Intake}


def test_a_charter_that_takes_no_feedback_leads_to_no_form(composed):
    closed = composed[Intake.CLOSED].values()

    assert [form for page in closed for form in page.all("form")] == []
    left = {of_form(prefix, path) for prefix in PREFIXES for path in ("/lacak", "/data-kami")}
    assert {path for page in closed for path in app_links(page)} == left


@pytest.mark.parametrize("page", ["index.md", "jawaban/index.md", "kesepakatan/index.md", "standar/index.md"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_say_whether_feedback_is_taken_and_what_may_be_expected(composed, language, page):
    told = labels(language)["intake"]
    for intake, pages in composed.items():
        said = pages[f"{language}/{page}"].text
        assert {key for key, text in told.items() if text in said} == {intake.value}


# With a simulated year


def card_of(site, charter, clause, prefix="/"):
    home, _, anchor = home_of(charter, charter.by_id[clause]).partition("#")
    return site.page(prefix + home).by_id(anchor)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("KBK.siap", "ditepati data simulasi Rata-rata 14 menit 2 detik."),
        ("KBK.siap", "Dihitung dari 28 kejadian, 2 tanpa jam. 1 Januari 2026 sampai 31 Desember 2026."),
        ("KLL.tiba-ambulans", "data simulasi 13 dari 34 dalam 15 menit (38 persen)."),
        ("KLL.tiba-polisi", "data simulasi Nilai tengah 12 menit 22 detik."),
        ("BKL.lindung", "disembunyikan agar tidak ada yang dikenali"),
        ("MED.pandu", "Belum diukur. Data jam dipandu belum kami terima."),
    ],
)
def test_a_card_says_what_was_measured(city_charter, sample_site, clause, said):
    assert said in card_of(sample_site, city_charter, clause).text


def test_only_a_promise_is_judged(city_charter, sample_site):
    judged = {
        promise.id
        for promise in city_charter.promises()
        for one in card_of(sample_site, city_charter, promise.id).walk()
        if "p-verdict" in one.attributes.get("class", "")
    }

    assert judged == {"KBK.siap"}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_simulated_figure_is_never_without_its_mark(sample_site, prefix):
    mark = labels(language_of(prefix))["simulated"]
    counted = [
        (address, one.text)
        for address, page in sample_site.pages.items()
        if language_of(address) == language_of(prefix)
        for one in page.all("dd", "table")
        if any("p-counted" in below.attributes.get("class", "") for below in one.walk())
    ]

    assert len(counted) > 20
    assert [place for place in counted if mark not in place[1]] == []


def test_a_table_says_once_that_its_figures_are_simulated_and_of_when(city_charter, sample_site):
    page = service_page(sample_site, city_charter.service["KBK"], "/")

    for table in (one for one in page.all("table") if one.all("caption")):
        assert table.text.count(labels("id")["simulated"]) == 1
        assert table.text.count("31 Desember 2026") == 1


def cards_of(page):
    return [one for one in page.all("li") if "p-card" in one.attributes.get("class", "")]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_each_of_the_ten_figures_is_one_card_with_one_mark_and_one_fold(city_charter, sample_site, prefix):
    cards = cards_of(sample_site.page(f"{prefix}angka/"))
    mark = labels(language_of(prefix))["simulated"]
    unmeasured = {"diragukan", "kesepakatan"}

    assert len(cards) == len(city_charter.definitions.figures) == 10
    assert [len(one.all("details")) for one in cards] == [1] * 10
    for one in cards:
        assert [below.text for below in one.all("span")].count(mark) == (
            one.attributes["id"] not in unmeasured
        )


def test_the_figures_say_their_period_once(sample_site):
    page = sample_site.page("/angka/")

    assert page.one("main").text.count("1 Januari 2026 sampai 31 Desember 2026.") == 1


def test_a_folded_table_leads_to_the_services_and_names_none_that_is_sensitive(sample_site):
    table = sample_site.page("/angka/").by_id("diangkat").one("table")
    rows = {one.one("th").text: one for one in table.one("tbody").all("tr")}

    assert [cell.text for cell in rows["Kebakaran"].all("td")][:2] == ["29 dari 33 88 persen", "9 detik"]
    assert rows["Kebakaran"].one("a").attributes["href"] == "../layanan/kebakaran/"
    assert rows["Bantuan keluarga"].one("td").text == labels("id")["hidden"]
    assert rows["Sakit mendadak"].one("td").text == labels("id")["unmeasured"]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_crash_shows_police_and_ambulance_side_by_side(city_charter, sample_site, prefix):
    page = service_page(sample_site, city_charter.service["KLL"], prefix)

    table = next(one for one in page.all("table") if "p-table--compare" in one.attributes["class"])

    assert [one.text for one in table.one("thead").all("th")][1:] == ["Polres", "Dinkes"]
    assert labels(language_of(prefix))["simulated"] in table.one("caption").text
    arrival = table.one("tbody").all("tr")[-1].all("td")
    assert [one.text.split()[0] for one in arrival] == ["12", "18"]


def test_what_was_not_timed_by_an_agency_stands_as_not_measured(city_charter, sample_site):
    page = service_page(sample_site, city_charter.service["KLL"], "/")

    table = next(one for one in page.all("table") if "p-table--compare" in one.attributes["class"])

    assert table.one("tbody").all("tr")[2].all("td")[0].text == labels("id")["unmeasured"]


def test_no_page_has_the_table_before_anything_was_measured(built_site):
    assert [at for at, page in built_site.pages.items() if "berdampingan" in page.ids] == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_answer_is_found_from_its_clause_and_leads_back_to_it(city_charter, sample_site, prefix):
    card = card_of(sample_site, city_charter, "KLL.tiba-ambulans", prefix)
    answer = sample_site.page(f"{prefix}jawaban/").by_id("m-4tz8wk")

    assert [one for one in card.all("a") if one.attributes["href"].endswith("jawaban/#m-4tz8wk")]
    assert [one for one in answer.all("a") if one.attributes["href"].endswith("#kll-tiba-ambulans")]


def test_answers_stand_newest_first_with_number_service_date_and_outcome(sample_site):
    answers = [one for one in sample_site.page("/jawaban/").all("article") if "id" in one.attributes]

    assert [one.attributes["id"] for one in answers] == ["m-4tz8wk", "m-7kq4f2", "m-9hn3rd"]
    for said in (
        "Direncanakan, paling lambat 20 November 2026, lewat tanggal",
        "M-4TZ8WK",
        "Kecelakaan lalu lintas",
        "Dijawab 3 November 2026.",
    ):
        assert said in answers[0].text


def test_an_answer_that_is_not_translated_says_that_it_is_indonesian(sample_site):
    answer = sample_site.page("/en/jawaban/").by_id("m-4tz8wk")

    foreign = [one for one in answer.all("p") if one.attributes.get("lang") == "id"]

    assert len(foreign) == 4  # summary, answer and two second opinions
    assert answer.text.count(labels("en")["indonesian_only"]) == 4


@pytest.mark.parametrize(("prefix", "tag"), [("/", "Tidak sependapat"), ("/en/", "Disagrees")])
def test_a_second_opinion_stands_with_its_answer_named_by_the_organisation(sample_site, prefix, tag):
    said = sample_site.page(f"{prefix}jawaban/").by_id("m-4tz8wk").text

    assert "DPRD Kota Contoh" in said
    assert "Forum Warga" in said
    assert tag in said
    assert said.index("Operator akan memberi tahu") < said.index("Dua mobil saja belum cukup.")


def test_answers_stand_under_clause_and_theme_with_their_counts(sample_site):
    page, english = (sample_site.page(f"{prefix}jawaban/") for prefix in PREFIXES)

    assert page.by_id("tentang-kll-tiba-ambulans").text == "Kecelakaan lalu lintas KLL.tiba-ambulans (1)"
    assert page.by_id("tentang-umum-angkat").text == "Tentang 112 pada umumnya UMUM.angkat (1)"
    assert [one.text for one in page.all("h3")] == ["Waktu tunggu (1)", "Tanpa tema (1)", "Tanpa tema (1)"]
    (theme, *_) = english.all("h3")
    assert [(one.text, one.attributes["lang"]) for one in theme.all("span")] == [("Waktu tunggu", "id")]


def test_a_service_names_the_themes_of_its_answers(city_charter, sample_site):
    pages = {key: service_page(sample_site, city_charter.service[key], "/").text for key in ("KLL", "KBK")}

    assert "Tema: Waktu tunggu (1)" in pages["KLL"]
    assert "Tema:" not in pages["KBK"]


def test_a_service_shows_the_answers_that_concern_it(city_charter, sample_site):
    page = service_page(sample_site, city_charter.service["KBK"], "/")

    assert {"m-7kq4f2", "m-9hn3rd"} <= set(page.ids)
    assert "m-4tz8wk" not in page.ids


def test_the_figures_for_oversight_are_filled_in_as_far_as_they_were_measured(sample_site):
    page = sample_site.page("/angka/")
    unmeasured = labels("id")["unmeasured"]

    silent = {
        one.attributes["id"]
        for one in cards_of(page)
        if unmeasured in [below.text for below in one.all("span")]
    }

    assert silent == {"diragukan"}


def test_misuse_and_what_was_found_stand_on_the_page_about_false_calls(sample_site):
    said = sample_site.page("/panggilan-palsu/").text

    assert "49,4 dari setiap 100 panggilan yang diangkat (1.913 dari 3.871)." in said
    assert "Setelah diperiksa: 1 tidak terbukti, 2 panggilan iseng." in said


def test_a_leg_of_the_drawing_says_that_its_figure_is_simulated(city_charter, sample_site):
    page = service_page(sample_site, city_charter.service["KLL"], "/")
    drawing = next(one for one in page.walk() if one.attributes.get("class") == "p-lanes")

    assert "simulasi: nilai tengah 18 menit 48 detik, 13 dari 34 dalam 15 menit" in drawing.text
    assert labels("id")["leg_measured"].partition(":")[0] not in drawing.text
