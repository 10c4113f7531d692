import pytest

from tests.browser.axe import SCREENS, violations
from tests.browser.kinds import KINDS, visit

pytestmark = pytest.mark.browser

SAMPLE = (
    "home",
    "service",
    "sensitive",
    "promises",
    "agreement",
    "figures",
    "search",
    "not found",
    "short address",
)


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
@pytest.mark.parametrize("kind", SAMPLE)
def test_axe_finds_nothing(open_context, kind, width, scheme):
    page = open_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    visit(page, KINDS[kind])

    assert violations(page) == []
