"""Texts that a spreadsheet might run as a formula: known ones, and as many made-up ones as wanted."""

from random import Random

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\u2212\ufe66"
NASTY = [
    *("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\u3000=1+1"),
    *("\u200b=1+1", "\ufeff=1+1", "\u202e=1+1", '"=1+1"', "'=1+1", '""=1+1', "\uff1d1+1", "\uff0b1"),
    *("\u22121", "=cmd|' /C calc'!A0", '=HYPERLINK("http://jahat.contoh")', "a;=1+1", "a\t=1+1", "a\n=1+1"),
    *(
        "a\r\n@b",
        "\x0b=1",
        "\x0c=1",
        "\x85=1",
        "\u2028=1",
        "\0=1+1",
        ";;;=1",
        "",
        " ",
        "\t",
        "\r",
        "-",
        "a,b",
    ),
]
PIECES = [
    *SIGNS,
    *" \t\r\n;,'\"\0\u00a0\u200b\ufeff\u3000",
    "a",
    "1",
    "=1+1",
    "@A1",
    "teks",
    "\x0b",
    "\u2028",
]


def made_up(count: int) -> list[str]:
    random = Random(112)  # noqa: S311 (the same texts each time)
    return ["".join(random.choices(PIECES, k=random.randint(0, 12))) for _ in range(count)]
