from datetime import date

import pytest
import yaml

from charter_data.skeleton import Local, NewCity, SkeletonError, read_local, skeleton

CITY = NewCity("Kota Baru", "Baru", "9999", date(2026, 11, 24), "kota_baru")
NOTHING = {
    "changes": [],
    "lists": [],
    "words": [],
    "only_here": ["asal"],
    "time_zones": {"Asia/Jakarta": [], "Asia/Makassar": ["71"]},
}
FILE = """\
# Kepala berkas.
name: "Asal"  # namanya

bodies:
  # Yang pertama.
  - key: "satu"
    # Alamatnya.
    address: "Jalan Satu"
    name: {id: "Badan Asal", en: "Body"}
  - key: "dua"
    address: null
    name:
      id: "Badan
        Dua"
      en: "Body"

# Sumber.
sources:
  - title: "Koran Asal"
    url: "https://contoh"
  - {title: "Buku"}

# Akhir.
end: true
"""


def made(city=CITY, text=FILE, **parts):
    local = Local.model_validate({**NOTHING, **parts})
    return skeleton({"a.yml": text}, local, city)["a.yml"]


def change(at, now, **more):
    return {"changes": [{"file": "a.yml", "at": at, "now": now, **more}]}


@pytest.mark.parametrize(
    ("at", "now", "old", "new"),
    [
        ("name", "%name%", '"Asal"', '"Kota Baru"'),
        ("bodies/*/address", None, '"Jalan Satu"', "null"),
        ("bodies/key=satu/address", "Jalan", '"Jalan Satu"', '"Jalan"'),
        ("bodies/key=satu/name/id", "Badan %short%", '"Badan Asal"', '"Badan Baru"'),
        ("*/key=satu/name", {"id": "B"}, '{id: "Badan Asal", en: "Body"}', '{id: "B"}'),
        ("end", False, "end: true", "end: false"),
        ("end", "%today%", "end: true", "end: 2026-11-24"),
        ("end", "%code%", "end: true", 'end: "9999"'),
        ("end", [], "end: true", "end: []"),
    ],
)
def test_a_value_is_replaced_and_all_else_stays_as_it_was_written(at, now, old, new):
    assert FILE.count(old) == 1
    assert made(**change(at, now)) == FILE.replace(old, new)


def test_a_block_gives_way_up_to_the_comment_that_follows_it():
    text = made(**change("bodies/key=dua/name", {"id": "x", "en": "y"}))

    assert '    address: null\n    name: {id: "x", en: "y"}\n\n# Sumber.\n' in text


def test_a_long_text_stands_as_a_block():
    text = made(**change("bodies/key=satu/name", {"id": "a" * 60, "en": "b" * 60}))

    assert f'    name:\n      id: "{"a" * 60}"\n      en: "{"b" * 60}"\n  - key: "dua"' in text


def test_what_stood_there_decides_if_it_is_named():
    hit = made(**change("bodies/*/key", "tiga", was="dua"))
    miss = made(**change("bodies/*/key", "tiga", was="empat"))

    assert (hit, miss) == (FILE.replace('"dua"', '"tiga"'), FILE)


def test_items_that_name_the_reference_city_leave_a_list():
    text = made(lists=[{"file": "*.yml", "at": "sources"}])

    assert yaml.safe_load(text)["sources"] == [{"title": "Buku"}]
    assert "# Akhir." in text


def test_items_that_name_the_new_city_leave_a_list_too():
    for short, left in (("Buku", 0), ("Buk", 1)):
        city = NewCity("Kota Lain", short, "9999", CITY.today, "x")
        text = made(city, lists=[{"file": "*.yml", "at": "sources"}])

        assert len(yaml.safe_load(text)["sources"]) == left


def test_words_are_replaced_in_order_before_the_new_names_are_filled_in():
    city = NewCity("Kota Asal", "Asal", "9999", CITY.today, "x")
    words = [{"old": "Badan Asal", "new": "%name%"}, {"old": "Asal", "new": "-"}]

    text = made(city, words=words)

    assert text.startswith('# Kepala berkas.\nname: "-"')
    assert 'id: "Kota Asal"' in text


def test_a_name_with_quotes_stays_a_name():
    city = NewCity('Kota "Baru" \\ %short%', "Baru", "9999", CITY.today, "x")

    assert yaml.safe_load(made(city, **change("name", "%name%")))["name"] == city.name


@pytest.mark.parametrize(("code", "zone"), [("7171", "Asia/Makassar"), ("9999", "Asia/Jakarta")])
def test_the_time_zone_follows_from_the_province(code, zone):
    city = NewCity("Kota Baru", "Baru", code, CITY.today, "x")

    assert yaml.safe_load(made(city, **change("name", "%time_zone%")))["name"] == zone


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (change("bodies/key=lima/name", None), "`a.yml` has no `bodies/key=lima/name`"),
        ({"lists": [{"file": "b.yml", "at": "sources"}]}, "`b.yml` has no `sources`"),
        ({"words": [{"old": "Entah", "new": ""}]}, "no file says `Entah`"),
    ],
)
def test_places_and_words_that_are_no_longer_there_are_named(parts, said):
    with pytest.raises(SkeletonError, match=said):
        made(**parts)


def test_the_list_of_what_is_local_names_each_place_once():
    places = [(one.file, one.at, one.was) for one in read_local().changes]

    assert len(places) == len(set(places))
