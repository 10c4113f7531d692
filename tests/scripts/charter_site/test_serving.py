import threading
from collections.abc import Callable

import pytest

from scripts.charter_site.serving import HOST, Quiet, SiteServer, Watch, follow

CHANGES = {
    "new": (lambda folder: (folder / "b.yml").write_text("two"), {"b.yml"}),
    "longer": (lambda folder: (folder / "a.yml").write_text("longer"), {"a.yml"}),
    "gone": (lambda folder: (folder / "a.yml").unlink(), {"a.yml"}),
    "renamed": (lambda folder: (folder / "a.yml").rename(folder / "c.yml"), {"a.yml", "c.yml"}),
    "below": (lambda folder: (folder / "services" / "KBK.yml").write_text("new"), {"services/KBK.yml"}),
}


@pytest.fixture
def watched(tmp_path):
    (tmp_path / "a.yml").write_text("one")
    (tmp_path / "services").mkdir()
    return tmp_path


def following(watch: Watch, rebuild: Callable[[set[str]], None], stop: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=follow, args=(watch, rebuild), kwargs={"stop": stop, "every": 0.005})
    thread.start()
    return thread


@pytest.mark.parametrize(("change", "names"), CHANGES.values(), ids=CHANGES.keys())
def test_every_change_is_seen_once_and_by_name(watched, change, names):
    watch = Watch((watched,))

    change(watched)

    assert (watch.changes(), watch.changes()) == ({str(watched / name) for name in names}, set())


def test_a_file_that_leads_nowhere_is_no_fault(watched):
    watch = Watch((watched,))

    (watched / ".#a.yml").symlink_to("somebody@somewhere:1")

    assert watch.changes() == set()


def test_a_change_is_followed_by_a_rebuild(watched):
    watch, rebuilt, stop = Watch((watched,)), threading.Event(), threading.Event()
    thread = following(watch, lambda _changed: rebuilt.set(), stop)

    (watched / "a.yml").write_text("changed")

    assert rebuilt.wait(5)
    stop.set()
    thread.join(5)


def test_following_ends_when_it_is_told_to(watched):
    stop = threading.Event()
    thread = following(Watch((watched,)), lambda _changed: None, stop)

    stop.set()

    thread.join(5)
    assert not thread.is_alive()


def told_of(fault):
    with SiteServer((HOST, 0), Quiet) as server:
        try:
            raise fault
        except type(fault):
            server.handle_error(None, (HOST, 1))


@pytest.mark.parametrize("fault", [BrokenPipeError(), ConnectionResetError()])
def test_a_browser_that_hangs_up_is_not_told_of(fault, capsys):
    told_of(fault)

    assert capsys.readouterr().err == ""


def test_any_other_fault_of_the_server_is_told(capsys):
    told_of(ValueError("a fault of ours"))

    assert "a fault of ours" in capsys.readouterr().err
