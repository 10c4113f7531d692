import random
import shutil
from pathlib import Path

import pytest

from charter_data.loading import load

DATA = Path(__file__).resolve().parents[2] / "charter_data" / "tebing_tinggi"
FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.yml"))
SEED = 112
ROUNDS = 60
FILES_A_ROUND = 5
STRANGE = [
    *("\x00", "\x1b[31m", "\ufeff", "\u202e", "\U0001f525", "\t", "\r", "\\", "`", "@", "#", '"', "'"),
    *("&a ", "*a", "!!python/name:os.system ", "!x ", "<<: ", "? ", ": ", "- ", "[", "]", "{", "}"),
    *("|\n", ">\n", "%YAML 9.9\n", "---\n", "...\n", "1: ", "yes: ", "[a]: b\n", "key: key\n"),
    *("~", "null", ".inf", ".nan", "2026-02-30", "9" * 5000, "0x_", "=", "12:30:45", "1e999", "-0"),
    *("UMUM.std", "KBK.hak", '"\\0\\e"', "[[[[]]]]"),
]


@pytest.fixture(scope="module")
def city_copy(tmp_path_factory):
    return shutil.copytree(DATA, tmp_path_factory.mktemp("mutations") / "data")


def mutated(dice, text):
    lines = text.splitlines(keepends=True)
    at, start = dice.randrange(len(lines)), dice.randrange(len(text))
    kind = dice.randrange(8)
    if kind == 0:
        return text[:start] + dice.choice(STRANGE) + text[start:]
    if kind == 1:
        return text[:start] + text[start + dice.randrange(1, 40) :]
    if kind == 2:
        return "".join(lines[:at] + lines[at + 1 :])
    if kind == 3:
        return "".join([*lines[:at], lines[at], *lines[at:]])
    if kind == 4:
        key, colon, _ = lines[at].partition(":")
        return "".join([*lines[:at], f"{key}{colon} {dice.choice(STRANGE)}\n", *lines[at + 1 :]])
    if kind == 5:
        return "".join([*lines[:at], " " * dice.randrange(1, 5) + lines[at].lstrip(" "), *lines[at + 1 :]])
    if kind == 6:
        other = dice.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
        return "".join(lines)
    return text[:start]


def mutations(number):
    dice = random.Random(SEED * ROUNDS + number)  # noqa: S311
    for name in dice.sample(FILES, FILES_A_ROUND):
        text = (DATA / name).read_text()
        for _ in range(dice.randrange(1, 3)):
            text = mutated(dice, text) or text
        yield name, text


@pytest.mark.parametrize("number", range(ROUNDS))
def test_whatever_is_written_gives_a_charter_or_named_problems(city_copy, number):
    written = dict(mutations(number))
    for name, text in written.items():
        (city_copy / name).write_bytes(text.encode())

    loaded = load(city_copy)
    for name in written:
        shutil.copyfile(DATA / name, city_copy / name)

    assert (loaded.charter is None) == bool(loaded.errors)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in loaded.problems)
    assert not [problem for problem in loaded.problems if "\n" in str(problem)]
