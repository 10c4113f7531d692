"""HTML files to tagged PDF files, in a process of its own: WeasyPrint needs what few machines have."""

import os
import sys
from pathlib import Path

NEEDED = (
    "Printing needs Pango and the Noto fonts. "
    "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core"
)

try:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration
except OSError as error:
    sys.exit(f"{NEEDED} ({str(error).splitlines()[0]})")


def press(base: Path, pages: int, sources: list[Path]) -> None:
    """Write a PDF beside each HTML file; a sheet with more pages than it may have ends the process."""
    fonts = FontConfiguration()
    for source in sources:
        document = HTML(filename=source, base_url=f"{base}/").render(fonts, pdf_variant="pdf/ua-1")
        if len(document.pages) > pages:
            needed = len(document.pages)
            name = f"{source.parent.name}/{source.stem}"
            sys.exit(f"{name} needs {needed} pages, not {pages}: shorten the texts that it prints")
        document.write_pdf(source.with_suffix(".pdf"), pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    press(Path(sys.argv[1]), int(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
    # An orderly end would unload Pango, now and then below the feet of a thread that Pango has started.
    os._exit(0)
