import os
import signal

import pytest

from scripts.charter_site.aside import AsideError, aside
from scripts.charter_site.links import BrokenLinkError


def test_work_aside_is_done_when_the_block_has_ended_and_not_by_the_same_process(tmp_path):
    done = tmp_path / "done"

    with aside(lambda: done.write_text(str(os.getpid()))):
        pass

    assert done.read_text() not in ("", str(os.getpid()))


def test_what_the_work_gave_is_there_when_the_block_has_ended():
    with aside(lambda: {"of": os.getpid()}) as work:
        pass

    assert work.given["of"] != os.getpid()


def test_what_the_work_raises_is_raised_where_the_block_ends(tmp_path):
    begun = []

    def work():
        raise BrokenLinkError("index: `a/` leads nowhere")

    with pytest.raises(BrokenLinkError, match="leads nowhere"), aside(work):
        begun.append(True)

    assert begun == [True]


def test_a_block_that_fails_stops_the_work_and_keeps_its_own_fault(tmp_path):
    reading, writing = os.pipe()
    fault = ValueError("ours")

    with pytest.raises(ValueError, match="ours") as caught, aside(lambda: os.read(reading, 1)):
        raise fault

    os.close(writing)
    assert caught.value is fault


def test_work_that_is_killed_is_told_and_not_taken_for_done():
    with pytest.raises(AsideError, match="build again"), aside(lambda: os.kill(os.getpid(), signal.SIGKILL)):
        pass


def test_a_fault_of_ours_tells_where_it_happened_and_one_of_the_block_stays_its_own():
    with pytest.raises(KeyError) as caught, aside(lambda: dict[str, str]()["no such key"]):
        pass
    with pytest.raises(EOFError, match="of the block"), aside(lambda: None):
        raise EOFError("of the block")

    assert "test_aside.py" in "".join(caught.value.__notes__)
