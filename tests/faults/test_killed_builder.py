"""The builder is killed at any moment: readers have the whole old site or the whole new one."""

import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.sites import DATA, contents, copy_checkout, start_command

KILLS = 20
CHANGED = ("services/KBK.yml", "Keluar dulu dan jangan masuk lagi.", "Keluar dulu, lalu jangan masuk lagi.")


class Builder:
    """Build one site from two charters in turn, in a checkout of its own."""

    def __init__(self, folder: Path) -> None:
        self.checkout = copy_checkout(folder / "checkout")
        self.site = folder / "site"
        self.data = [Path(shutil.copytree(DATA, folder / name)) for name in ("one", "two")]
        name, old, new = CHANGED
        text = (self.data[1] / name).read_text(encoding="utf-8")
        (self.data[1] / name).write_text(text.replace(old, new), encoding="utf-8")
        self.seconds = 0.0
        self.whole = [self.build(1), self.build(0)][::-1]

    def start(self, which: int) -> "subprocess.Popen[str]":
        return start_command(self.checkout, "build", "--data", self.data[which], "--site", self.site)

    def build(self, which: int) -> dict[str, bytes]:
        begun = time.monotonic()
        with self.start(which) as building:
            _, err = building.communicate()
        self.seconds = time.monotonic() - begun
        assert (building.returncode, err) == (0, "")
        return contents(self.site)

    def build_and_kill(self, which: int, moment: float) -> bool:
        """Kill the builder alone, not the site tools it has started; tell whether it was still at work."""
        with self.start(which) as building:
            try:
                building.wait(moment)
            except subprocess.TimeoutExpired:
                building.send_signal(signal.SIGKILL)
            building.wait()
            building.stdout.close()  # type: ignore[union-attr]
            building.stderr.close()  # type: ignore[union-attr]
        return building.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return Builder(tmp_path_factory.mktemp("killed"))


def moments(seconds: float) -> list[float]:
    """Give moments of a whole build, the same share of it in every run."""
    return [share * seconds for share in sorted(random.Random(112).uniform(0, 1) for _ in range(KILLS))]  # noqa: S311


def test_two_charters_make_two_sites(builder):
    assert builder.whole[0] != builder.whole[1]


def test_a_killed_builder_leaves_a_whole_site_and_the_next_build_succeeds(builder):
    old, new = builder.whole
    killed = 0
    for moment in moments(builder.seconds):
        killed += builder.build_and_kill(1, moment)

        assert contents(builder.site) in (old, new), moment
        # The site tools of the killed build may still write what is not wanted any more.
        assert builder.build(0) == old, moment
    assert killed > KILLS / 2
    left = {path.name for path in builder.site.parent.iterdir()}
    assert left == {"checkout", "one", "two", "site"}
