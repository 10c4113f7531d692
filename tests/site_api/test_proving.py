import re
import subprocess
import sys
from io import BytesIO
from uuid import uuid4

import pytest
import zxingcpp
from PIL import Image
from resvg_py import svg_to_bytes
from sqlalchemy import update

from site_api import proofs
from site_api.database import write
from site_api.feedback.models import Feedback
from site_api.installation import installation
from site_api.settings import ROOT
from tests.documents import read
from tests.forms import code_in, fields_of
from tests.site_api.stories import sent

ADDRESS = "/.well-known/piagam112-proof-keys.json"
QR = zxingcpp.barcode_formats_from_str("QRCode")
REFERENCE = (ROOT / "docs" / "developers" / "reference.md").read_text("utf-8")
FORMS = pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/masukan", {"happened": "past", "kind": "complaint", "message": "Ambulans datang lama sekali."}),
        ("/masukan/panggilan-palsu", {"class": "palsu", "occurred_on": "2026-11-20"}),
    ],
)


@pytest.fixture
def kept(client, tmp_path):
    """Keep what a citizen and an Ombudsman would keep: proof, text and published keys."""
    proof = client.post("/api/v1/feedback", json=sent()).json["proof"]
    (tmp_path / "proof.json").write_text(proof, "utf-8")
    (tmp_path / "text.txt").write_text(sent()["message"] + "\n", "utf-8")
    (tmp_path / "piagam112-proof-keys.json").write_bytes(client.get(ADDRESS).data)
    return tmp_path


def verify(app, *arguments, **rest):
    return app.test_cli_runner().invoke(args=["proof", "verify", *map(str, arguments)], **rest)


def run(command, folder, **rest):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, **rest)  # noqa: S603 (ours)


def offline(kept, *arguments):
    """Run the command as somebody who has the code and nothing of the city's."""
    command = [sys.executable, "-m", "site_api", "verify", *map(str, arguments)]
    environment = {"PYTHONPATH": ":".join(path for path in sys.path if path), "PATH": "/usr/bin:/bin"}
    return run(command, kept, env=environment)


def snippet(language):
    (shown,) = re.findall(rf"```{language}\n(.*?)```", REFERENCE, re.DOTALL)
    return shown


def test_the_published_keys_are_public_and_kept_for_an_hour(client):
    answer = client.get(ADDRESS)

    place = installation()
    assert proofs.read_keys(answer.data) == proofs.published_keys(place.settings, place.charter)
    assert place.settings.proof_key.hex() not in answer.text
    assert answer.mimetype == "application/json"
    assert (answer.cache_control.public, answer.cache_control.max_age) == (True, 3600)
    again = client.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_command_says_what_is_proven(app, kept):
    said = verify(app, kept / "proof.json", "--text", kept / "text.txt")

    assert said.exit_code == 0, said.output
    assert re.search(r"Proven: city 1274 received feedback M-\w{6} at 2026-11-24T08:00:00Z", said.output)
    assert "letter by letter" in said.output


def test_without_the_text_it_says_so(app, kept):
    assert "--text FILE tells" in verify(app, kept / "proof.json").output


def test_a_proof_is_read_from_where_it_was_pasted(app, kept):
    pasted = "\n".join(re.findall(".{1,50}", (kept / "proof.json").read_text()))

    assert verify(app, "-", input=pasted).exit_code == 0


def test_another_text_is_named_and_exits_with_1(app, kept):
    (kept / "text.txt").write_text("Damkar datang cepat sekali.")

    said = verify(app, kept / "proof.json", "--text", kept / "text.txt")

    assert (said.exit_code, "not the one that was submitted" in said.output) == (1, True)


def test_a_changed_proof_is_named_and_exits_with_1(app, kept):
    changed = (kept / "proof.json").read_text().replace("2026-11-24", "2026-11-23")

    said = verify(app, "-", input=changed)

    assert (said.exit_code, "the signature does not hold" in said.output) == (1, True)


@pytest.mark.parametrize("spoiled", [b"\xff\xfe\x00", b"{}", b"[1]", b""])
def test_files_that_are_something_else_end_without_a_traceback(app, kept, spoiled):
    for name, option in (
        ("proof.json", None),
        ("text.txt", "--text"),
        ("piagam112-proof-keys.json", "--keys"),
    ):
        file = kept / f"spoiled-{name}"
        file.write_bytes(spoiled)
        given = [file] if option is None else [kept / "proof.json", option, file]

        said = verify(app, *given)

        assert said.exit_code == 1
        assert "Not proven" in said.output


def test_it_works_offline_without_settings_or_database(kept):
    said = offline(kept, "proof.json", "--keys", "piagam112-proof-keys.json", "--text", "text.txt")

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("Proven: city 1274")
    assert "--keys names the file" in offline(kept, "proof.json").stderr


def run_python(folder):
    return run([sys.executable, "-c", snippet("python")], folder)


def run_openssl(folder):
    keys = proofs.read_keys((folder / "piagam112-proof-keys.json").read_bytes())
    (folder / "key.pem").write_text(keys.keys[0].pem)
    return run(["/bin/sh", "-ec", snippet("sh")], folder)


@pytest.mark.parametrize(
    "verified",
    [run_python, run_openssl],
)
def test_what_the_reference_shows_verifies_and_refuses(kept, verified):
    assert verified(kept).returncode == 0

    file = kept / "proof.json"
    file.write_text(file.read_text().replace("2026-11-24", "2026-11-23"))

    assert verified(kept).returncode == 1


def receipt_of(client, base, address, typed):
    form = fields_of(client.get(f"{base}{address}"), f"{base}{address}/lanjut")
    answer = client.post(f"{base}{address}", data=form | typed)
    assert answer.status_code == 201
    return answer


@pytest.mark.parametrize("base", ["", "/en"])
@FORMS
def test_the_receipt_carries_the_proof_as_text_and_as_qr_code(client, base, address, typed):
    receipt = receipt_of(client, base, address, typed)

    shown = [one for one in read(receipt.text).all("p") if one.attributes.get("class") == "p-proof__words"]
    proof = shown[0].text
    place = installation()
    proven = proofs.verify(proof, proofs.published_keys(place.settings, place.charter))
    assert decoded(receipt.text) == [proof]
    assert proven.nonce in [one.text for one in read(receipt.text).all("span")]
    assert code_in(receipt).replace("-", "") not in proof
    assert len(receipt.data) < 30_000
    assert "style=" not in receipt.text


def decoded(page):
    (drawn,) = re.findall(r"<svg[^>]*p-proof__code.*?</svg>", page, re.DOTALL)
    assert "viewBox" in drawn
    svg = drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    picture = svg_to_bytes(svg_string=svg, width=534)
    return [code.text for code in zxingcpp.read_barcodes(as_image(picture), formats=QR)]


def as_image(png):
    return Image.open(BytesIO(bytes(png))).convert("L")


def test_after_erasure_the_receipt_shows_no_proof(client):
    typed = {"happened": "past", "kind": "complaint", "message": "Ambulans datang lama sekali."}
    typed["idempotency_key"] = str(uuid4())
    assert "p-proof" in receipt_of(client, "", "/masukan", typed).text
    write(lambda connection: connection.execute(update(Feedback).values(text=None, salt=None)))

    assert "p-proof" not in receipt_of(client, "", "/masukan", typed).text
