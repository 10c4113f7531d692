import pytest
import yaml

from charter_data import reading
from charter_data.reading import LIMIT_BYTES, LIMIT_DEPTH, YamlFile, read_yaml

DOCUMENT = """\
# Contoh
name: {id: "Contoh", en: "Example"}
list:
  - key: satu
    text: pertama
  - key: dua
"""


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def _both_loaders(request, monkeypatch):
    if request.param == "pure Python":
        monkeypatch.setattr(reading, "Loader", yaml.SafeLoader)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "contoh.yml"


def found(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_yaml(path, "contoh.yml")


def told(path, content):
    problems = found(path, content)
    assert isinstance(problems, list)
    return [(problem.line, problem.column, problem.code) for problem in problems]


def test_a_file_becomes_plain_data(path):
    file = found(path, DOCUMENT)

    assert isinstance(file, YamlFile)
    assert file.data == {
        "name": {"id": "Contoh", "en": "Example"},
        "list": [{"key": "satu", "text": "pertama"}, {"key": "dua"}],
    }


@pytest.mark.parametrize(
    ("place", "line_and_column"),
    [
        ((), (2, 1)),
        (("name",), (2, 1)),
        (("name", "en"), (2, 22)),
        (("list",), (3, 1)),
        (("list", 0), (4, 5)),
        (("list", 0, "text"), (5, 5)),
        (("list", 1, "key"), (6, 5)),
        (("list", 1, "text"), (6, 5)),
        (("list", 7), (3, 1)),
        (("name", "id", "deeper"), (2, 8)),
        (("nothing", "at", "all"), (2, 1)),
    ],
)
def test_a_path_is_found_where_it_stands_or_where_it_should_stand(path, place, line_and_column):
    file = found(path, DOCUMENT)

    assert file.place(place) == line_and_column


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + DOCUMENT.encode(), id="byte order mark"),
        pytest.param(DOCUMENT.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(f"---\n{DOCUMENT}...\n", id="document marks"),
    ],
)
def test_what_editors_add_does_no_harm(path, content):
    file = found(path, content)

    assert file.data["list"][1] == {"key": "dua"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("a: b\nc: [\n", (3, 1, "yaml-syntax"), id="open bracket"),
        pytest.param("a: b\n\tc: d\n", (2, 1, "yaml-syntax"), id="tab"),
        pytest.param("a: b\n---\nc: d\n", (2, 1, "yaml-syntax"), id="two documents"),
        pytest.param('a: "é"\nb: c\x00d\n', (2, 5, "yaml-syntax"), id="NUL"),
        pytest.param('a: "ééé"\nb: "\x1b[31m"\n', (2, 5, "yaml-syntax"), id="escape"),
        pytest.param("", (1, 1, "wrong-value"), id="empty"),
        pytest.param("# catatan saja\n", (1, 1, "wrong-value"), id="comment only"),
        pytest.param("- a\n- b\n", (1, 1, "wrong-value"), id="list"),
        pytest.param("Darurat\n", (1, 1, "wrong-value"), id="word"),
        pytest.param("a: b\nc: \xff\n".encode("latin-1"), (2, 1, "file-not-utf8"), id="Latin-1"),
        pytest.param("a: b\n".encode("utf-16"), (1, 1, "file-not-utf8"), id="UTF-16"),
        pytest.param("a: b\na: c\n", (2, 1, "yaml-duplicate-key"), id="twice"),
        pytest.param("a: {b: 1, b: 2}\n", (1, 11, "yaml-duplicate-key"), id="twice inside"),
        pytest.param("a: 2026-02-30\n", (1, 4, "yaml-value"), id="30 February"),
        pytest.param("a: 2026-13-01\n", (1, 4, "yaml-value"), id="month 13"),
        pytest.param("a: 2026-01-01 25:00:00\n", (1, 4, "yaml-value"), id="hour 25"),
        pytest.param(f"a: {'9' * 5000}\n", (1, 4, "yaml-value"), id="5000 digits"),
        pytest.param("a: =\n", (1, 4, "yaml-value"), id="equals sign"),
        pytest.param("1: b\n", (1, 1, "unknown-key"), id="number as key"),
        pytest.param("yes: b\n", (1, 1, "unknown-key"), id="yes as key"),
        pytest.param("~: b\n", (1, 1, "unknown-key"), id="nothing as key"),
        pytest.param("2026-02-30: b\n", (1, 1, "unknown-key"), id="date as key"),
        pytest.param("[a, b]: c\n", (1, 1, "unknown-key"), id="list as key"),
        pytest.param("{a: b}: c\n", (1, 1, "unknown-key"), id="mapping as key"),
        pytest.param("<<: {a: b}\n", (1, 1, "unknown-key"), id="merge"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(path, content, problem):
    assert told(path, content) == [problem]


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system [touch {canary}]",
        "!!python/object/new:subprocess.Popen [[touch, {canary}]]",
        "!!python/name:os.system",
        "!!python/object/apply:builtins.eval [\"open('{canary}', 'w')\"]",
        "!!binary aGFsbw==",
        "!!timestamp 2026-01-01",
        "!kota Contoh",
    ],
)
def test_a_tag_is_refused_and_runs_nothing(path, tmp_path, tag):
    canary = tmp_path / "canary"

    problems = told(path, f"a: {tag.format(canary=canary)}\n")

    assert problems == [(1, 4, "yaml-tag")]
    assert not canary.exists()


def test_a_billion_laughs_are_not_laughed(path):
    lines = ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [
        f"{key}: &{key} [{', '.join([f'*{before}'] * 9)}]"
        for before, key in zip("abcdefgh", "bcdefghi", strict=True)
    ]

    problems = told(path, "\n".join(lines))

    assert {code for _, _, code in problems} == {"yaml-alias"}
    assert problems[0] == (2, 8, "yaml-alias")


def test_an_alias_to_itself_is_refused(path):
    assert told(path, "a: &a [*a]\n") == [(1, 8, "yaml-alias")]


@pytest.mark.parametrize(
    "content", ["[" * 100_000, "[" * 9000 + "]" * 9000, "{a: " * 9000, "- " * 9000 + "a"]
)
def test_deep_nesting_is_refused_before_it_hurts(path, content):
    problems = told(path, f"a:\n  {content}")

    assert [code for _, _, code in problems] == ["yaml-depth"]


def test_nesting_up_to_the_limit_is_read(path):
    lists = LIMIT_DEPTH - 1

    file = found(path, f"a: {'[' * lists}{']' * lists}\n")

    assert isinstance(file, YamlFile)


def test_a_file_up_to_the_limit_is_read(path):
    file = found(path, "a: b\n".ljust(LIMIT_BYTES, "#"))

    assert isinstance(file, YamlFile)


def test_a_file_beyond_the_limit_is_not_even_decoded(path):
    assert told(path, b"\xff" * (LIMIT_BYTES + 1)) == [(1, 1, "file-too-large")]


def test_several_faults_of_one_file_are_told_together(path):
    assert told(path, "a: 2026-02-30\nb: c\nb: d\n1: e\n") == [
        (3, 1, "yaml-duplicate-key"),
        (4, 1, "unknown-key"),
        (1, 4, "yaml-value"),
    ]


def test_a_missing_file_is_a_problem_and_no_traceback(path):
    problems = read_yaml(path, "contoh.yml")

    assert isinstance(problems, list)
    assert [problem.code for problem in problems] == ["file-missing"]


def test_a_control_character_in_quotes_reaches_nobodys_terminal(path):
    problems = found(path, 'a: 1\n"\\e[31m\\n": b\n"\\e[31m\\n": c\n')

    assert str(problems[0]) == "contoh.yml:3:1: yaml-duplicate-key: `·[31m·` stands twice here: keep one"
