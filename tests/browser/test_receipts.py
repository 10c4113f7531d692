"""The receipt in a citizen's hands: one sheet of paper, and a proof that a camera reads."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.browser.app_pages import post
from tests.browser.walking import STORY

pytestmark = pytest.mark.browser

QR = zxingcpp.barcode_formats_from_str("QRCode")
MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "0.4in")
LONGEST = {"happened": "now", "go_on": "yes", "kind": "complaint", "message": STORY, "confidential": "yes"}
REPORT = {"class": "palsu", "occurred_on": "2026-01-02"}
FORMS = pytest.mark.parametrize(
    ("form", "typed"), [("/masukan", LONGEST), ("/masukan/panggilan-palsu", REPORT)]
)


@pytest.mark.parametrize("base", ["", "/en"])
@FORMS
def test_the_receipt_prints_on_one_sheet(page, base, form, typed):
    page.goto(f"{base}/lacak")
    post(page, f"{base}{form}", **typed)

    (sheet,) = PdfReader(BytesIO(page.pdf(format="A4", margin=MARGINS))).pages

    proof = page.locator("p.p-proof__words").inner_text()
    assert "".join(proof.split()) in "".join(sheet.extract_text().split())


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"media": "print"}])
def test_a_camera_reads_the_proof_off_screen_and_paper(page, look):
    page.emulate_media(**look)
    page.goto("/lacak")
    post(page, "/masukan", **LONGEST)

    drawn = page.locator(".p-proof__code")
    picture = Image.open(BytesIO(drawn.screenshot())).convert("L")

    assert drawn.bounding_box()["width"] == 267
    proof = page.locator("p.p-proof__words").inner_text()
    assert [code.text for code in zxingcpp.read_barcodes(picture, formats=QR)] == [proof]
