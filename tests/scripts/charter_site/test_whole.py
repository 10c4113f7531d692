import pytest
from markdown import markdown

from scripts.charter_site.whole import Whole
from tests.hostile import PAYLOADS

MARKDOWN = """
*not* _Markdown_ [here](x) &amp; &lt;there&gt;

    four spaces

# no heading
"""
SIGNS_OF_ITS_OWN = str.maketrans(dict.fromkeys("\x02\x03"))


@pytest.mark.parametrize("text", [MARKDOWN, "", *PAYLOADS])
def test_a_page_comes_out_as_it_went_in(text):
    page = f"<div>{text.translate(SIGNS_OF_ITS_OWN)}</div>"

    # Line ends and spaces are all that Markdown makes good before it looks at anything.
    assert markdown(page, extensions=[Whole()]).split() == page.split()
