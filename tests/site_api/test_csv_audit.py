"""What reviewers download, opened by LibreOffice: not one formula is evaluated."""

import re
import subprocess
from pathlib import Path
from shutil import which

import pytest

from site_api.csv_files import as_csv
from site_api.feedback import workflow
from site_api.installation import installation
from tests.hostile import PAYLOADS
from tests.site_api.nasty import NASTY, made_up
from tests.site_api.portal import Desk, add_reviewer
from tests.site_api.stories import TRIAGE, answer

pytestmark = pytest.mark.audit

FORMULA = re.compile(r'table:formula="([^"]*)"')
COMMA, SEMICOLON, TAB = 44, 59, 9
STARTS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    " =1+1",
    "\uff1d1+1",
    '"=1+1"',
    "'=1+1",
    "a;=1+1;",
    "a\n=1+1\n",
)
LENGTHENED = " dan Damkar datang lama sekali"


def formulas(folder: Path, file: bytes, separator: int = COMMA) -> list[str]:
    """Open a file as a spreadsheet does, and give every formula that it found in it."""
    soffice = which("soffice")
    assert soffice, "LibreOffice is not there: `make audit` installs it"
    path = folder / "masukan.csv"
    path.write_bytes(file)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    reading = f"--infilter=Text - txt - csv (StarCalc):{separator},34,76,1"
    opened = ["--headless", "--norestore", profile, reading, "--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run([soffice, *opened, str(path)], check=True, capture_output=True, timeout=120)  # noqa: S603
    sheet = (folder / "masukan.fods").read_text("utf-8")
    assert "<table:table-row" in sheet
    return FORMULA.findall(sheet)


@pytest.fixture
def downloaded(app, verified):
    """Download ten cases whose words and answers begin like formulas."""
    for start in STARTS:
        case = verified(message=start + LENGTHENED)
        workflow.answer(installation(), TRIAGE, case, answer(text_id=start + LENGTHENED))
    add_reviewer("sari")
    file = Desk(app.test_client(), "sari").post("unduh")
    assert (file.status_code, file.data.count(b"\r\n")) == (200, 1 + len(STARTS))
    return file.data


@pytest.mark.parametrize("separator", [COMMA, SEMICOLON, TAB])
def test_no_cell_of_a_downloaded_file_is_evaluated(tmp_path, downloaded, separator):
    assert formulas(tmp_path, downloaded, separator) == []


@pytest.mark.parametrize("separator", [COMMA, SEMICOLON, TAB])
def test_no_hostile_text_is_evaluated(tmp_path, separator):
    texts = [*STARTS, *NASTY, *PAYLOADS, *made_up(5000)]

    assert formulas(tmp_path, as_csv(["isi", "lagi"], ([text, text] for text in texts)), separator) == []


def test_what_is_not_escaped_is_evaluated_so_this_can_fail(tmp_path):
    assert formulas(tmp_path, b'"isi"\r\n"=1+1"\r\n"aman"\r\n') == ["of:=1+1"]
    assert formulas(tmp_path, b'"isi";"lagi"\r\n"aman";"=2+2"\r\n', SEMICOLON) == ["of:=2+2"]
