import gzip
import random

import pytest

from scripts.charter_site.offline import BRAND, TooMuchToKeepError, emergency_pages, worker, worker_off
from tests.sites import resolve

OUR_SCRIPT = 4096  # bytes, compressed: page script and worker together


@pytest.fixture
def files(charter):
    """Give a small merged site: each page with the style of its language."""
    made = {"assets/gaya.css": b"a {}", "en/assets/gaya.css": b"a {}", "assets/ikon.svg": b"<svg/>"}
    for prefix in ("", "en/"):
        for address in emergency_pages(charter):
            up = "../" * address.count("/")
            made[f"{prefix}{address}index.html"] = (
                f'<link rel="alternate" href="{up}janji/"><link rel="stylesheet" href="{up}assets/gaya.css">'
            ).encode()
        made[f"{prefix}offline.html"] = b'<link rel="icon" href="/kota/assets/ikon.svg">'
        made[f"{prefix}janji/index.html"] = b"<p>"
    return made


def made_from(charter, files):
    return worker(charter, "/kota/", files, files.__getitem__)


def version_of(script):
    return script.partition('"version": "')[2][:12]


def test_the_list_holds_the_pages_of_both_languages_and_what_they_load(charter, files):
    head = made_from(charter, files).partition("\n")[0]

    for path in ("layanan/kebakaran/", "en/layanan/kebakaran/", "offline.html", "en/offline.html"):
        assert f'"{path}"' in head
    for path in ("assets/gaya.css", "en/assets/gaya.css", "assets/ikon.svg"):
        assert f'"{path}"' in head
    assert '"janji/"' not in head


def test_only_folders_of_the_site_are_answered_for(charter, files):
    assert '"folders": ["janji", "layanan"]' in made_from(charter, files)


def test_the_same_files_give_the_same_script(charter, files):
    backwards = dict(reversed(files.items()))

    assert made_from(charter, files) == made_from(charter, backwards)


@pytest.mark.parametrize("path", ["index.html", "en/layanan/kebakaran/index.html", "assets/gaya.css"])
def test_another_byte_in_what_is_kept_is_another_version(charter, files, path):
    spoiled = files | {path: files[path] + b" "}

    assert version_of(made_from(charter, files)) != version_of(made_from(charter, spoiled))


def test_a_page_that_is_not_kept_changes_nothing(charter, files):
    changed = files | {"janji/index.html": b"<p>Janji"}

    assert made_from(charter, files) == made_from(charter, changed)


def test_more_than_a_phone_should_keep_is_refused_with_the_limit_and_the_largest(charter, files):
    large = {"assets/gaya.css": random.Random(112).randbytes(400_001)}  # noqa: S311 (only has to be incompressible)

    with pytest.raises(TooMuchToKeepError, match=r"are more than the 400,000 bytes") as refused:
        made_from(charter, files | large)
    assert "assets/gaya.css (400," in str(refused.value)


def test_page_script_and_worker_are_small(charter, files):
    scripts = ((BRAND / "page.js").read_bytes(), made_from(charter, files).encode())

    assert sum(len(gzip.compress(script, 6)) for script in scripts) <= OUR_SCRIPT


def test_the_script_that_switches_off_keeps_nothing_and_answers_nothing():
    script = worker_off()

    assert "unregister" in script
    assert "fetch" not in script
    assert "addAll" not in script


def test_the_list_of_the_city_and_its_scripts_are_small_too(built_site):
    scripts = (built_site.files["sw.js"], built_site.files["assets/brand/page.js"])

    assert sum(len(gzip.compress(script, 6)) for script in scripts) <= OUR_SCRIPT


def test_every_style_of_an_emergency_page_is_kept(built_site):
    page = built_site.page("/layanan/kebakaran/")
    styles = {
        (resolve("/layanan/kebakaran/", link.attributes["href"]) or ("", ""))[0].lstrip("/")
        for link in page.all("link")
        if link.attributes.get("rel") == "stylesheet"
    }

    listed = built_site.files["sw.js"].decode()

    assert len(styles) >= 4
    assert [style for style in styles if f'"{style}"' not in listed] == []
