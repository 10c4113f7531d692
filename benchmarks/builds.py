"""The site as it is, and its peer: the same Markdown under Material for MkDocs with nothing changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from charter_data.models import Charter
from scripts.charter_site.building import build
from scripts.charter_site.words import Language


def build_ours(charter: Charter, folder: Path) -> Path:
    """Build the site below a folder, where its Markdown stays for the peer; give the site's folder."""
    build(charter, folder / "ours", work=folder / "work")
    return folder / "ours"


def build_peer(folder: Path, language: Language) -> Path:
    """Build the Markdown of one language with Material's defaults; give the folder of the result."""
    peer = folder / "peer" / language
    shutil.rmtree(peer, ignore_errors=True)
    peer.mkdir(parents=True)
    settings = {
        "site_name": "peer",
        "docs_dir": str(folder / "work" / "src" / language),
        "site_dir": str(peer / "site"),
        "theme": "material",
    }
    (peer / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    tool = str(Path(sys.executable).with_name("mkdocs"))
    subprocess.run(  # noqa: S603 (the site tool beside this Python)
        [tool, "build", "-q", "-f", str(peer / "mkdocs.yml")],
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    return peer / "site"
