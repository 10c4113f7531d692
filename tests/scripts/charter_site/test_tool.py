import json
import re

import pytest
from material.plugins.search.plugin import SearchIndex
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from scripts.charter_site.tool import PASSED_OVER, leaner

MARKED = """<div class="p-page"><h1 id="judul">Kebakaran</h1>
<p>Telepon <a href="tel:112"><b>112</b></a>, <svg class="x"><path d="M0 0"/></svg>gratis.</p>
<section><h2 id="setelah"><svg><title>panah</title></svg>Setelah <em>itu</em></h2>
<ul><li><span class="x">Tunggu</span> di <time>tepi</time> jalan</li></ul>
<div data-search-exclude><p>tidak <i>dicari</i></p></div></section></div>"""
PLAIN = """<div class="p-page"><h1 id="judul">Kebakaran</h1>
<p>Telepon 112, gratis.</p>
<section><h2 id="setelah">Setelah itu</h2>
<ul><li>Tunggu di tepi jalan</li></ul>
<div data-search-exclude><p>tidak dicari</p></div></section></div>"""


@pytest.fixture
def page():
    config = MkDocsConfig()
    made = Page("Kebakaran", File("a.md", "docs", "site", use_directory_urls=True), config)
    made.toc, made.meta = TableOfContents([]), {}
    return made


def entries(page, content, add):
    index = SearchIndex(lang=["en"], separator=" ", pipeline=[], fields={})
    page.content = content
    add(index, page)
    return json.loads(json.dumps(index.entries))


def test_the_index_of_the_search_has_the_same_words_without_drawings_and_marks(page):
    lean = entries(page, MARKED, leaner(SearchIndex.add_entry_from_context))

    assert lean == entries(page, PLAIN, SearchIndex.add_entry_from_context)
    assert lean[-1]["title"] == "Setelah itu"


def test_nothing_that_is_passed_over_has_a_heading_or_is_kept_from_the_search_alone(built_site):
    passed_over = {
        one
        for page in built_site.documents.values()
        for one in page.one("main").walk()
        if PASSED_OVER.fullmatch(f"<{one.tag}>")
    }

    assert {one.tag for one in passed_over} >= {"a", "dd", "td"}
    assert not any("data-search-exclude" in one.attributes for one in passed_over)
    assert not any(re.fullmatch("h[1-6]", inner.tag) for one in passed_over for inner in one.walk())


def test_the_page_itself_keeps_its_drawings_and_marks(page):
    entries(page, MARKED, leaner(SearchIndex.add_entry_from_context))

    assert page.content == MARKED
