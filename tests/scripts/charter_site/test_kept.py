import pytest

from scripts.charter_site.kept import kept


@pytest.fixture
def make():
    made: list[bytes] = []

    def draw():
        made.append(b"drawn %d" % len(made))
        return made[-1]

    return draw


def test_what_was_made_of_the_same_is_not_made_again(make, tmp_path):
    assert [kept(("a", "b"), make, tmp_path) for _ in range(2)] == [b"drawn 0", b"drawn 0"]


@pytest.mark.parametrize("other", [("a", "c"), ("ab",), ("b", "a"), ("a", "b", "")])
def test_what_is_made_of_anything_else_is_made_anew(other, make, tmp_path):
    kept(("a", "b"), make, tmp_path)

    assert kept(other, make, tmp_path) == b"drawn 1"


def test_nothing_half_written_is_left_beside_what_is_kept(make, tmp_path):
    kept(("a",), make, tmp_path)

    assert [path.suffix for path in tmp_path.iterdir()] == [""]


def test_where_nothing_can_be_kept_it_is_made_again(make, tmp_path):
    (tmp_path / "file").write_text("no folder")

    assert [kept(("a",), make, tmp_path / "file" / "kept") for _ in range(2)] == [b"drawn 0", b"drawn 1"]
