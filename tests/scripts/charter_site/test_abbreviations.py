import pytest

from charter_data.models import Text
from scripts.charter_site.abbreviations import abbreviations, meanings
from scripts.charter_site.composing import compose
from scripts.charter_site.words import LANGUAGES, Words
from tests.factories import make_charter

KNOWN = {key: Text(id=f"Arti {key}", en=f"Meaning of {key}") for key in ("PPA", "UPTD PPA", "RS", "LAPOR!")}


def used(html):
    return [key for key, _ in abbreviations(KNOWN, html)]


@pytest.mark.parametrize(
    ("html", "keys"),
    [
        ("<p>Tanya RS.</p>", ["RS"]),
        ("<p>RS, lalu RS</p>", ["RS"]),
        ("<p>UPTD PPA</p>", ["UPTD PPA"]),
        ("<p>UPTD PPA dan PPA</p>", ["PPA", "UPTD PPA"]),
        ("<p>Lewat LAPOR! saja</p>", ["LAPOR!"]),
        ("<p>RSUD, PERS, rs</p>", []),
        ('<a title="RS" href="/RS/">x</a><svg><title>RS</title></svg><script>RS</script>', []),
        ("", []),
    ],
)
def test_only_whole_abbreviations_that_readers_see_are_explained(html, keys):
    assert used(html) == keys


def test_without_any_abbreviation_nothing_is_explained():
    assert abbreviations({}, "<p>RS</p>") == []


def test_short_names_of_agencies_explain_themselves():
    charter = make_charter(("agencies.yml", ("agencies", 2, "short"), "UPTD PPA"))

    known = meanings(charter)

    assert known["UPTD PPA"].id == "Instansi Polres (id)"
    assert known["DPRD"].en == "Kepanjangan dprd (en)"
    assert known["Damkar"].en == "Instansi Damkar (en)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_explains_what_it_uses_in_its_own_language(language, charter, tmp_path):
    compose(charter, tmp_path)
    rights, versions = (
        (tmp_path / "src" / language / page / "index.md").read_text() for page in ("hak", "versi")
    )

    assert f"<dt>DPRD</dt><dd>Kepanjangan dprd ({language})</dd>" in rights
    assert "<dt>LSM</dt>" not in rights
    assert Words(language).labels["abbreviations"] not in versions
