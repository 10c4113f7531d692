"""A small city whose texts try to be something else: markup, script, formula, quotes, marks of direction."""

from charter_data.models import Charter
from tests.factories import make_charter

WORDS = (
    "=cmd|'/C calc'!A0 \"</script><script>alert(1)</script>\" & \\u003c {{ 7*7 }} \u05e2\u05d1 **tebal** `x`"
)


def hostile_charter() -> Charter:
    said = {"id": WORDS, "en": WORDS}
    fire = "services/KBK.yml"
    return make_charter(
        (fire, ("name",), said),
        (fire, ("line",), said),
        (fire, ("dont",), said),
        (fire, ("promises", 0, "text"), said),
        (fire, ("steps", 0, "text"), said),
        (fire, ("standard", 0, "text"), said),
        ("agencies.yml", ("agencies", 1, "name"), said),
        ("agencies.yml", ("agencies", 1, "short"), WORDS),
        ("legal_basis.yml", ("laws", 0, "title"), WORDS),
        ("charter.yml", ("name",), said),
        ("common.yml", ("standard", 7, "text"), None),
    )
