import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def read(name):
    return (ROOT / "requirements" / name).read_text()


def named_in(name):
    return [line for line in read(name).splitlines() if not line.startswith(("#", "-"))]


def pinned_in(name):
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==(\S+)", read(name), re.MULTILINE))


def test_what_is_locked_is_what_the_project_names():
    assert named_in("run.in") == PROJECT["dependencies"]
    assert named_in("dev.in") == PROJECT["optional-dependencies"]["dev"]


def test_developers_run_the_versions_that_users_run():
    assert pinned_in("run.txt").items() <= pinned_in("dev.txt").items()


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "peers.txt"])
def test_a_lock_holds_versions_and_hashes_and_no_address(name):
    lines = [line.strip() for line in read(name).splitlines()]

    told = [line for line in lines if line and not line.startswith("#")]

    pinned, hashed = r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==\S+ \\", r"--hash=sha256:[0-9a-f]{64}( \\)?"
    assert all(re.fullmatch(f"{pinned}|{hashed}", line) for line in told)


def asked_with_extras(name):
    """Give what the packages of a lock ask of others together with extras, as `package[extra]`."""
    for package in pinned_in(name):
        for line in requires(package) or ():
            asked = Requirement(line)
            if asked.extras and (asked.marker is None or asked.marker.evaluate({"extra": ""})):
                yield f"{asked.name}[{','.join(sorted(asked.extras))}]"


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_what_is_asked_for_with_an_extra_is_locked_with_it(name):
    # Otherwise pip takes the newest version for the extra, and refuses it as not locked.
    assert [one for one in asked_with_extras(name) if f"\n{one}==" not in read(name)] == []
