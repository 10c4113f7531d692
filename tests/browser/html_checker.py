"""What the Nu HTML checker finds in files, and in the pages that a browser comes to."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page, Response

from tests.sites import ROOT

VNU = ROOT / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Two boxes that the theme puts on every page, with an attribute that a box of this kind does not have.
OF_THE_THEME = ".*Attribute .autocomplete. is only allowed when the input type.*"


def html_faults(folder: Path) -> list[str]:
    """Give one line for each error in the HTML files below a folder: file, place, what is wrong."""
    java = shutil.which("java")
    assert java, "the HTML checker needs Java: on Debian, apt-get install default-jre-headless"
    assert VNU.is_file(), "the HTML checker is not there: `make audit` installs it"
    options = ["--errors-only", "--skip-non-html", "--format", "gnu", "--filterpattern", OF_THE_THEME]
    checked = subprocess.run(  # noqa: S603 (Debian's Java, and files of our own)
        [java, "-jar", str(VNU), *options, str(folder)],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return [line.replace(f"{folder}/", "") for line in checked.stdout.splitlines()]


def faults_of_answers(page: Page, walk: Iterable[str], folder: Path) -> list[str]:
    """Give what is wrong with the HTML of each page of a walk, as it came from the server."""
    answers: list[Response] = []
    page.on(
        "response", lambda answer: answers.append(answer) if answer.request.is_navigation_request() else None
    )
    for at, _name in enumerate(walk):
        page.wait_for_load_state()
        (folder / f"{at}.html").write_bytes(answers[-1].body())
    return html_faults(folder)
