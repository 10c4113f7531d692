from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from scripts.charter_site.compiled import Compiled, unfolded

PAGE = "{{ 'hari' | said }}"


@pytest.fixture
def settings(tmp_path):
    made = tmp_path / "settings.py"
    made.write_text("one")
    return made


def environment(settings, folder, said):
    made = Environment(loader=DictLoader({"page": PAGE}), autoescape=True)
    made.bytecode_cache = Compiled(settings, folder)
    made.filters["said"] = unfolded(said)
    return made


def shown(settings, folder, said=str.upper):
    return environment(settings, folder, said).get_template("page").render()


def test_what_one_language_has_compiled_says_the_words_of_the_other(settings, tmp_path):
    first = shown(settings, tmp_path / "kept", lambda word: f"{word} ini")
    second = shown(settings, tmp_path / "kept", lambda word: f"this {word}")

    assert (first, second) == ("hari ini", "this hari")
    assert len([*(tmp_path / "kept").rglob("*.cache")]) == 1


def test_another_setting_makes_all_that_was_kept_void(settings, tmp_path):
    shown(settings, tmp_path / "kept")
    settings.write_text("two")
    shown(settings, tmp_path / "kept")

    assert len([*(tmp_path / "kept").iterdir()]) == 2


def test_where_nothing_can_be_kept_a_page_is_shown_all_the_same(settings):
    assert shown(settings, Path("/proc/kept")) == "HARI"
