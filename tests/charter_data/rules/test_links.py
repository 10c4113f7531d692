import pytest

from charter_data.loading import load
from tests.factories import changed, city_files, text, write_city

CITY = city_files()
FIRE = "services/KBK.yml"


def told(folder, words):
    problems = load(write_city(folder, changed(CITY, FIRE, ("dont",), text(words)))).problems
    return {(problem.code, problem.message.split("`")[1]) for problem in problems}


@pytest.mark.parametrize(
    "words", ["Lihat KBK.siap.", "Buka /k/umum-angkat/ dulu", "Buka /layanan/kebakaran/", "Versi 1.2 di a.b"]
)
def test_what_is_there_may_be_named(tmp_path, words):
    assert told(tmp_path, words) == set()


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        ("Lihat KBK.hantu.", "KBK.hantu"),
        ("Buka /k/kbk-hantu/ dulu", "/k/kbk-hantu"),
        ("Buka /layanan/hantu/", "/layanan/hantu"),
    ],
)
def test_what_is_nowhere_is_named(tmp_path, words, lost):
    assert told(tmp_path, words) == {("link-broken", lost)}
