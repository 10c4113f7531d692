import pytest

from charter_data.models import Area, Definitions, Info, Service
from charter_data.validating import Sound, validate
from tests.factories import changed, city_files, text, without

CITY = city_files()
FIRE = "services/KBK.yml"


def messages(model, data):
    _, findings = validate(model, data, "contoh.yml")
    return [finding.message for finding in findings]


def service(*path, value):
    return changed(CITY, FIRE, path, value)[FIRE]


def service_without(*path):
    return without(CITY, FIRE, path)[FIRE]


def test_sound_data_gives_its_record_and_no_finding():
    sound, findings = validate(Service, CITY[FIRE], FIRE)

    assert sound
    assert sound.record.code == "KBK"
    assert findings == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (service("suport", value=[]), "`suport` is not known here: did you mean `support`?"),
        (
            service("promises", 0, "clok", value={}),
            "`promises[0].clok` is not known here: did you mean `clock`?",
        ),
        (service("public_kode", value="API"), "`public_kode` is not known here: did you mean `public_code`?"),
        (
            service("dont", "ms", value="Jangan"),
            "`dont.ms` is not known here: remove it, or use one of id, en",
        ),
    ],
)
def test_a_misspelt_key_names_the_key_that_was_meant(data, message):
    assert messages(Service, data) == [message]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (service_without("lead"), "`lead` is missing: add it"),
        (service_without("lead_certainty"), "`lead_certainty` is missing: add it, one of high, medium, low"),
        (service_without("rights", 0, "id"), "`rights[0].id` is missing: add it"),
        (
            service_without("promises", 0, "standing"),
            "`promises[0].standing` is missing: add it, one of wajib, disepakati, usulan",
        ),
        (
            service_without("promises", 0, "targets", 0, "unit"),
            "`promises[0].targets[0].unit` is missing: add it, one of s, min, h, day, working_day",
        ),
        (
            service_without("dont", "en"),
            "`dont.en` is missing: every text has `id` (Indonesian) and `en` (English)",
        ),
        (
            service_without("do_now", 0, "id"),
            "`do_now[0].id` is missing: every text has `id` (Indonesian) and `en` (English)",
        ),
    ],
)
def test_what_is_missing_says_what_to_add(data, message):
    assert messages(Service, data) == [message]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("lead",), None, "`lead` is empty: write a text"),
        (("lead",), ["damkar"], "`lead` is `['damkar']`: write a text"),
        (("lead",), 113, "`lead` is `113`: put it in quotes, so that it stays text"),
        (("lead",), True, "`lead` is `True`: put it in quotes, so that it stays text"),
        (("line", "en"), "  ", "`line.en` is empty: write a text, or take the line out"),
        (("line", "en"), "", "`line.en` is empty: write a text, or take the line out"),
        (("line",), "Api", "`line` is `Api`: write it in both languages, under `id:` and `en:`"),
        (
            ("first_aid",),
            "PMI",
            "`first_aid` is `PMI`: write its keys below it: source, reviewer, reviewed_by, reviewed_on",
        ),
        (
            ("support",),
            "polres",
            "`support` is `polres`: write a list, each item on a line that begins with `- `",
        ),
        (("co_lead",), ["polres"], "`co_lead` is `['polres']`: write `key: value` lines below it"),
        (
            ("co_lead",),
            {"pendamping": "Polres"},
            "`co_lead.pendamping` is `Polres`: write it as lower-case letters, digits and _ , such as damkar",
        ),
        (("tell_operator",), [], "`tell_operator` is `[]`: write at least 1"),
        (("reviewed_on",), "kemarin", "`reviewed_on` is `kemarin`: write a date such as 2026-11-24"),
        (("kind",), "emergencies", "`kind` is `emergencies`: did you mean `emergency`?"),
        (("kind",), "darurat", "`kind` is `darurat`: write emergency or conduct"),
        (
            ("promises", 0, "clock", "end"),
            "tibaa",
            "`promises[0].clock.end` is `tibaa`: did you mean `tiba` or `tiba_rs`?",
        ),
        (
            ("promises", 0, "targets", 0, "share"),
            "semua",
            "`promises[0].targets[0].share` is `semua`: write a whole number or write average",
        ),
        (
            ("promises", 0, "targets", 0, "share"),
            101,
            "`promises[0].targets[0].share` is `101`: write at most 100 or write average",
        ),
        (
            ("promises", 0, "targets", 0, "value"),
            0,
            "`promises[0].targets[0].value` is `0`: write a number above 0",
        ),
        (
            ("promises", 0, "targets", 0, "value"),
            float("inf"),
            "`promises[0].targets[0].value` is `inf`: write an ordinary number",
        ),
        (
            ("promises", 1, "standing"),
            "acuan",
            "`promises[1].standing` is `acuan`: write wajib, disepakati or usulan",
        ),
        (
            ("slug",),
            "Kebakaran Hutan",
            "`slug` is `Kebakaran Hutan`: write it as lower-case words with hyphens, such as sakit-mendadak",
        ),
        (
            ("line", "id"),
            "satu\ndua",
            "`line.id` is `satu dua`: "
            "write it as one line of text, "
            "without line breaks, control characters and signs that nobody sees",
        ),
        (
            ("special_cases", 1, "do"),
            [text("x")],
            "`special_cases[1]` is not sound: give either `do` (lines) or `same_as` (a service code)",
        ),
        (
            ("rights", 0, "id"),
            "KBK.wajib-orang",
            "`rights[0]` is not sound: "
            "`KBK.wajib-orang` does not fit its list: the key after the dot takes `hak-...`",
        ),
    ],
)
def test_a_wrong_value_says_what_would_be_right(path, value, message):
    assert messages(Service, service(*path, value=value)) == [message]


def test_more_than_three_first_steps_are_too_many():
    data = service("do_now", value=[CITY[FIRE]["do_now"][0]] * 4)

    assert messages(Service, data)[0].endswith("...`: 4 are too many: at most 3")


@pytest.mark.parametrize(
    ("model", "name", "path", "value", "message"),
    [
        (
            Info,
            "charter.yml",
            ("version",),
            0.1,
            "`version` is `0.1`: put it in quotes, so that it stays text",
        ),
        (Info, "charter.yml", ("official",), "tidak", "`official` is `tidak`: write true or false"),
        (
            Info,
            "charter.yml",
            ("public_url",),
            "piagam.go.id",
            "`public_url` is `piagam.go.id`: write it as the address of a site, "
            "such as https://112.contoh.example, without ? and #",
        ),
        (Area, "area.yml", ("population",), "banyak", "`population` is `banyak`: write a whole number"),
        (Area, "area.yml", ("population",), 2**60, f"`population` is `{2**60}`: write at most 100000000"),
        (Area, "area.yml", ("area_km2",), "luas", "`area_km2` is `luas`: write a number"),
        (
            Definitions,
            "definitions.yml",
            ("modes", 0, "key"),
            "relai",
            "`modes[0].key` is `relai`: did you mean `relay`?",
        ),
    ],
)
def test_every_file_gets_the_same_plain_answers(model, name, path, value, message):
    assert messages(model, changed(CITY, name, path, value)[name]) == [message]


def test_a_long_value_is_cut_short():
    found = messages(Service, service("slug", value="X" * 5000))

    assert len(found[0]) < 200


def test_broken_items_are_left_out_and_the_rest_keeps_its_places():
    data = service("do_now", value=[{"id": "a"}, *CITY[FIRE]["do_now"]])
    data["promises"][0]["owner"] = 1

    sound, findings = validate(Service, data, FIRE)

    assert {finding.path for finding in findings} == {
        ("do_now", 0, "en"),
        ("do_now", 0, "picture"),
        ("promises", 0, "owner"),
    }
    assert sound
    assert sound.original(("do_now", 1, "en")) == ("do_now", 2, "en")
    assert sound.original(("promises", 0)) == ("promises", 1)
    assert sound.original(("rights", 0, "answered_by", 0)) == ("rights", 0, "answered_by", 0)


def test_unknown_keys_are_left_out_of_the_record():
    data = service("promises", 0, "warna", value="merah")

    sound, findings = validate(Service, data, FIRE)

    assert sound
    assert [promise.id for promise in sound.record.promises] == ["KBK.siap", "KBK.siap-warga"]
    assert len(findings) == 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(service_without("lead"), id="outside every list"),
        pytest.param(service("do_now", value=[{"id": "a"}]), id="the last item of a list that needs one"),
    ],
)
def test_a_record_that_cannot_be_mended_is_left_out(data):
    sound, findings = validate(Service, data, FIRE)

    assert sound is None
    assert findings


def test_the_data_itself_is_never_changed():
    data = service("promises", 0, "warna", value="merah")
    data["promises"][1]["owner"] = 1

    validate(Service, data, FIRE)

    assert data["promises"][0]["warna"] == "merah"
    assert len(data["promises"]) == 2


def test_places_inside_places_are_followed_back(charter):
    sound = Sound(
        "area.yml", charter.area, {("subdistricts",): [1, 2], ("subdistricts", 2, "districts"): [3]}
    )

    assert sound.original(("subdistricts", 1, "districts", 0, "code")) == (
        "subdistricts",
        2,
        "districts",
        3,
        "code",
    )
