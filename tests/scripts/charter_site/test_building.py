import re
from importlib.util import find_spec

import pytest

from charter_data import seals
from charter_data.loading import load_charter
from scripts.charter_site.building import build
from scripts.charter_site.exports import data_paths
from scripts.charter_site.offline import worker_off
from scripts.charter_site.tools import BuildError
from tests import sites
from tests.documents import Element
from tests.factories import make_charter
from tests.sites import Site, contents, resolve

NOT_PAGES = {
    *data_paths(sites.city_charter()),
    "sw.js",  # its version changes with every page that it keeps
    *(f"{folder}search/search_index.json" for folder in ("", "en/")),
}
REFERENCES = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "iframe": "src"}
LOADED = {"link", "script", "img", "iframe", "source", "video", "audio", "object", "embed"}
OTHER_SCHEMES = re.compile(r"^(tel|mailto|data):")


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory) -> Site:
    if find_spec("zensical") is None:
        pytest.skip("zensical is not installed: it is in requirements/run.txt")
    return sites.built_site(tmp_path_factory.getbasetemp(), "zensical")


@pytest.fixture(
    params=["built_site", "zensical_site", "sample_site"], ids=["mkdocs", "zensical", "simulated"]
)
def site(request):
    return request.getfixturevalue(request.param)


def references(page: Element):
    for one in page.walk():
        reference = one.attributes.get(REFERENCES.get(one.tag, ""), "")
        if reference and not OTHER_SCHEMES.match(reference):
            yield one, reference


def leads_nowhere(site: Site, address: str, reference: str) -> bool:
    target = resolve(address, reference)
    if target is None:
        return False
    path, fragment = target
    if path in sites.APP_ADDRESSES:
        return bool(fragment)
    if path in site.documents:
        return bool(fragment) and fragment not in site.documents[path].ids
    return path.lstrip("/") not in site.files


def test_zensical_builds_one_language_after_the_other(zensical_site):
    written = {
        language: [
            (zensical_site.folder / name).stat().st_mtime_ns
            for name in zensical_site.files
            if name.endswith("index.html")
            and name.startswith("en/") == (language == "en")
            and not sites.is_beside(sites.address_of(name))
        ]
        for language in ("id", "en")
    }
    assert max(written["id"]) < min(written["en"])


def test_no_link_and_no_anchor_of_the_site_is_broken(site):
    broken = [
        (address, reference)
        for address, page in site.documents.items()
        for _, reference in references(page)
        if leads_nowhere(site, address, reference)
    ]

    assert broken == []


def test_no_id_stands_twice_on_a_page(site):
    twice = {
        address: sorted({one for one in page.ids if page.ids.count(one) > 1})
        for address, page in site.documents.items()
        if len(set(page.ids)) < len(page.ids)
    }

    assert twice == {}


def test_no_page_loads_anything_from_another_host(site):
    loaded = [
        (address, reference)
        for address, page in site.documents.items()
        for one, reference in references(page)
        if one.tag in LOADED
        and one.attributes.get("rel") != "canonical"
        and resolve(address, reference) is None
    ]

    assert loaded == []


def test_no_stylesheet_loads_anything_from_another_host_or_from_nowhere(site):
    wrong = []
    for name, raw in site.files.items():
        if name.endswith(".css"):
            for reference in re.findall(r"(?:url\(|@import\s+)['\"]?([^'\")]+)", raw.decode()):
                target = resolve("/" + name, reference)
                if not reference.startswith("data:") and (target is None or target[0][1:] not in site.files):
                    wrong.append((name, reference))

    assert wrong == []


def test_no_page_holds_script_or_style_that_its_policy_would_refuse(site):
    refused = [
        (address, one.tag)
        for address, page in site.documents.items()
        for one in page.walk()
        if one.tag == "style"
        or (
            one.tag == "script"
            and "src" not in one.attributes
            and "json" not in one.attributes.get("type", "")
        )
        or any(name == "style" or name.startswith("on") for name in one.attributes)
    ]

    assert refused == []


def test_both_site_tools_make_the_same_pages(built_site, zensical_site):
    assert set(zensical_site.documents) == set(built_site.documents)


def test_both_site_tools_say_the_same_of_what_was_measured(sample_site, tmp_path_factory):
    pytest.importorskip("zensical")
    other = sites.sample_site(tmp_path_factory.getbasetemp(), "zensical")

    differing = [
        address
        for address, page in sample_site.documents.items()
        if page.one("main").text != other.page(address).one("main").text
    ]

    assert differing == []


def test_both_site_tools_say_the_same(built_site, zensical_site):
    differing = [
        address
        for address, page in built_site.documents.items()
        if page.one("main").text != zensical_site.page(address).one("main").text
    ]

    assert differing == []


def test_the_same_charter_gives_the_same_bytes_and_nothing_of_the_old_site_stays(
    city_charter, built_site, tmp_path
):
    site = tmp_path / "site"
    (site / "lama").mkdir(parents=True)
    (site / "lama" / "index.html").write_text("old")

    build(city_charter, site, work=tmp_path / "work")

    assert contents(site) == built_site.files
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "work"]


def test_a_changed_sentence_changes_only_the_pages_that_carry_it(
    city_charter, built_site, data, edit, tmp_path
):
    old, new = "Keluar dulu dan jangan masuk lagi.", "Keluar dulu, lalu jangan masuk lagi."
    edit("services/KBK.yml", old, new)
    changed = load_charter(data)

    build(changed, tmp_path / "site", work=tmp_path / "work")

    before = unsealed(built_site.files, city_charter)
    after = unsealed(contents(tmp_path / "site"), changed)
    differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    carriers = {name for name, raw in before.items() if name.endswith(".html") and carries(raw, old)}
    assert "layanan/kebakaran/index.html" in carriers
    assert carriers <= differing <= carriers | NOT_PAGES


def test_what_stands_in_the_last_site_is_taken_over_only_when_it_is_what_would_be_written(
    city_charter, built_site, tmp_path
):
    site, work = tmp_path / "site", tmp_path / "work"
    build(city_charter, site, work=work)
    (site / "k" / "kbk-siap" / "index.html").write_text("spoiled")
    (site / "k" / "lama").mkdir()
    (site / "k" / "lama" / "index.html").write_text("of a clause that is gone")
    build(city_charter, site, work=work)  # only now is the spoiled site the last one

    build(city_charter, site, work=work)

    assert contents(site) == built_site.files
    assert [path.name for path in (site / "k").iterdir() if not any(path.iterdir())] == []


def test_a_site_that_is_a_link_is_replaced_and_what_it_led_to_is_left_alone(
    city_charter, built_site, tmp_path
):
    release, site, work = tmp_path / "release", tmp_path / "site", tmp_path / "work"
    build(city_charter, release, work=work)
    site.symlink_to(release)

    for _ in range(2):
        build(city_charter, site, work=work)

    assert contents(site) == contents(release) == built_site.files
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release", "site", "work"]


def test_a_copy_of_the_last_site_that_shares_its_files_is_not_changed(city_charter, tmp_path):
    site, copy = tmp_path / "site", tmp_path / "copy"
    build(city_charter, site, work=tmp_path / "work")
    page = site / "k" / "kbk-siap" / "index.html"
    page.write_text("of an older charter")
    copy.hardlink_to(page)

    for _ in range(2):
        build(city_charter, site, work=tmp_path / "work")

    assert copy.read_text() == "of an older charter"
    assert page.read_text() != "of an older charter"


def carries(raw, sentence):
    return sentence[1:].encode() in raw


def unsealed(files, charter):
    long, short = seals.seal(charter).encode(), seals.short_seal(charter).encode()
    return {name: raw.replace(long, b"").replace(short, b"") for name, raw in files.items()}


def test_a_site_tool_that_fails_leaves_the_old_site_as_it_was(city_charter, tmp_path, monkeypatch):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old")
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))  # no Python starts with it, so the tool cannot

    with pytest.raises(BuildError, match="mkdocs could not build the site; the old one still stands"):
        build(city_charter, site, work=tmp_path / "work")

    assert contents(tmp_path / "site") == {"index.html": b"old"}


def test_a_charter_too_large_for_a_phone_is_built_and_told_and_phones_keep_none_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr("scripts.charter_site.offline.LARGEST", 1000)

    told = build(make_charter(), tmp_path / "site", work=tmp_path / "work")

    assert len(told) == 1
    assert "more than the 1,000 bytes" in told[0]
    assert told[0].endswith("phones keep none")
    assert (tmp_path / "site" / "sw.js").read_text() == worker_off()
