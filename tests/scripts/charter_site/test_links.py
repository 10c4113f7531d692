import shutil

import pytest

from scripts.charter_site import composing
from scripts.charter_site.composing import compose
from scripts.charter_site.links import BrokenLinkError, check_links

PAGES = {
    "": '<p id="isi"></p>',
    "janji/": '<p id="umum-angkat"></p>',
    "layanan/kebakaran/": '<p id="dasar"></p>',
    "en/": "",
    "en/janji/": '<p id="umum-angkat"></p>',
}
OTHERS = ("charter.json", "data/services.csv", "k/kbk-siap/")


def broken(page, markup):
    try:
        check_links({**PAGES, page: PAGES[page] + markup}, OTHERS)
    except BrokenLinkError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("", "janji/"),
        ("", "./"),
        ("", "#isi"),
        ("", "janji/#umum-angkat"),
        ("", "k/kbk-siap/"),
        ("", "en/"),
        ("janji/", "../"),
        ("janji/", "../#isi"),
        ("janji/", "#umum%2Dangkat"),
        ("janji/", "../charter.json"),
        ("janji/", "../charter.json?versi=1"),
        ("layanan/kebakaran/", "../../janji/#umum-angkat"),
        ("layanan/kebakaran/", "../../data/services.csv"),
        ("layanan/kebakaran/", ""),
        ("en/janji/", "../../charter.json"),
        ("en/janji/", "../../janji/"),
        ("", "/masukan?clause=KBK.siap&amp;service=KBK"),
        ("", "/en/masukan/panggilan-palsu"),
        ("", "/lacak"),
        ("", "/data-kami"),
        ("", "https://contoh.example/tidak/ada"),
        ("", "//contoh.example/tidak/ada"),
        ("", "tel:112"),
    ],
)
def test_a_link_that_leads_somewhere_is_fine(page, link):
    assert broken(page, f'<a href="{link}">x</a>') == []


@pytest.mark.parametrize(
    ("page", "link", "said"),
    [
        ("", "janjii/", "index: `janjii/` leads to `janjii/`, which is not there: did you mean `janji/`?"),
        (
            "janji/",
            "#umum-angkut",
            "janji/: `#umum-angkut` leads to `janji/`, which has no id `umum-angkut`: "
            "did you mean `umum-angkat`?",
        ),
        (
            "layanan/kebakaran/",
            "../janji/",
            "layanan/kebakaran/: `../janji/` leads to `layanan/janji/`, which is not there: "
            "correct the link, or add what it leads to",
        ),
        (
            "",
            "/harga",
            "index: `/harga` is no form of the app, such as /masukan or /lacak: "
            "correct it, or make it relative",
        ),
    ],
)
def test_a_broken_link_is_named_with_its_page_and_what_would_be_right(page, link, said):
    assert broken(page, f'<a href="{link}">x</a>') == [said]


@pytest.mark.parametrize(
    "link",
    [
        "/en",
        "/entah",
        "/masukanku",
        "../..",
        "../../../janji/",
        "janji",
        "janji/#",
        "k/kbk-siap/#x",
        "%",
        "//[x",
    ],
)
def test_strange_links_are_told_or_followed_but_never_stop_the_check(link):
    assert len(broken("", f'<a href="{link}">x</a>')) == (link != "janji/#")


def test_pictures_and_forms_are_followed_too():
    markup = '<img src="a.svg"><form action="b/"></form>'

    assert [line.split("`")[1] for line in broken("", markup)] == ["a.svg", "b/"]


def test_a_text_of_the_charter_that_looks_like_a_link_is_none():
    assert broken("", "<p>[a](b/)</p>") == []


def test_all_broken_links_of_all_pages_are_told_at_once():
    with pytest.raises(BrokenLinkError) as caught:
        check_links(
            {"": '<a href="a/"></a><a href="a/"></a><a href="b/"></a>', "c/": '<a href="d/"></a>'}, ()
        )

    assert [line.split(" leads")[0] for line in str(caught.value).splitlines()] == [
        "index: `a/`",
        "index: `b/`",
        "c/: `d/`",
    ]


def test_a_hand_written_page_with_a_broken_link_stops_before_the_site_tool(
    city_charter, tmp_path, monkeypatch
):
    docs = shutil.copytree(composing.DOCS, tmp_path / "docs")
    with (docs / "en" / "tentang.md").open("a") as page:
        page.write("\nSee [our promises](../janji/#umum-angkt) and [the figures](../figures/).\n")
    monkeypatch.setattr(composing, "DOCS", docs)

    with pytest.raises(BrokenLinkError) as caught:
        compose(city_charter, tmp_path / "work")

    assert str(caught.value).splitlines() == [
        "en/tentang/: `../janji/#umum-angkt` leads to `en/janji/`, which has no id `umum-angkt`: "
        "did you mean `umum-angkat`?",
        "en/tentang/: `../figures/` leads to `en/figures/`, which is not there: "
        "correct the link, or add what it leads to",
    ]
