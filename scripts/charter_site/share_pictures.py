"""What messengers show of a link: 112, the event and its picture, the city; one for all that is sensitive."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from io import BytesIO
from itertools import chain
from pathlib import Path

import resvg_py
from PIL import Image, ImageDraw, ImageFont
from PIL.Image import Image as Picture

from charter_data.models import Charter, Service
from charter_data.vocabulary import ServiceKind
from scripts.charter_site.kept import kept
from scripts.charter_site.rendering import icon_file
from scripts.charter_site.words import Words

WIDTH, HEIGHT = 1200, 630
GENERAL, GENERAL_ICON = "gambar/piagam.png", "do-call"
MIDDLE, ROOM = WIDTH // 2, WIDTH - 2 * 60
BAND = 144
ICON, ICON_TOP, TITLE_MIDDLE = 160, 32, 302
INK, PAPER, CALL, CALL_TEXT = (20, 33, 61), (255, 255, 255), (179, 0, 27), (255, 255, 255)
SOFT = 64  # of 255 the way from ink to paper: `--p-soft` of brand/tokens.css
STEPS = 8  # of each colour towards its ground, so that both fit into the 16 colours of four bits
TITLE_SIZES = ((88, 1), (70, 2), (60, 2), (50, 2))  # each with the lines that it may take
CALL_SIZES = ((80, 1), (64, 1), (48, 1))
FOOT_SIZE, FOOT_HEIGHT = 34, 54
LEADING = 1.14

DRAWN_BY = (Path(__file__).read_text(encoding="utf-8"), version("pillow"), version("resvg-py"))

Ramp = tuple[tuple[int, int, int], tuple[int, int, int]]
RAMPS: tuple[Ramp, ...] = ((INK, PAPER), (CALL_TEXT, CALL))


@dataclass(frozen=True)
class Card:
    """Hold the words of a share picture; its address counts from the root of the language."""

    address: str
    icon: str
    call: str
    title: str
    name: str
    tag: str

    @property
    def alt(self) -> str:
        """Give the words in the order in which they are read."""
        told = (self.call, self.title, self.name if self.name != self.title else "", self.tag)
        return ". ".join(words.rstrip(".") for words in told if words)


def card_of(charter: Charter, words: Words, service: Service | None = None) -> Card:
    """Give the card of a service, or the one of every other page; what is sensitive has none of its own."""
    name, state = words.text(charter.info.name), charter.info.status
    is_own = service is not None and service.kind is ServiceKind.EMERGENCY and not service.is_sensitive
    return Card(
        f"gambar/layanan/{service.slug}.png" if service and is_own else GENERAL,
        service.public_code.lower() if service and is_own else GENERAL_ICON,
        words.text(charter.texts.bar),
        words.text(service.title) if service and is_own else words.labels["share_title"],
        name,
        words.labels["state_tag"][state] if state == "draft" else "",
    )


def share_pictures(charter: Charter, words: Words) -> Iterator[tuple[str, bytes]]:
    """Yield the address of every share picture of a language, with its PNG of 1200 x 630 pixels."""
    cards = chain([card_of(charter, words)], (card_of(charter, words, one) for one in charter.emergencies))
    for card in dict.fromkeys(cards):
        made_of = (repr(card), icon_file(card.icon), *DRAWN_BY)
        yield card.address, kept(made_of, partial(_drawn, card))


def _drawn(card: Card) -> bytes:
    return _png(_band(card), _page(card))


def _band(card: Card) -> Picture:
    band = Image.new("L", (WIDTH, BAND), 255)
    size, _ = _fitting(card.call, CALL_SIZES)
    _write(band, _cut(card.call, size, ROOM), (MIDDLE, BAND // 2), size)
    return band


def _page(card: Card) -> Picture:
    page = Image.new("L", (WIDTH, HEIGHT - BAND), 255)
    page.paste(0, (MIDDLE - ICON // 2, ICON_TOP), _icon(card.icon))
    size, room = _fitting(card.title, TITLE_SIZES)
    lines = _wrapped(card.title, size, room)
    first = TITLE_MIDDLE - (len(lines) - 1) * size * LEADING / 2
    for number, line in enumerate(lines):
        _write(page, line, (MIDDLE, first + number * size * LEADING), size)
    _foot(page, card)
    return page


def _foot(page: Picture, card: Card) -> None:
    size, level = FOOT_SIZE, page.height - FOOT_HEIGHT
    tag = _width(card.tag, size) + 36 if card.tag else 0
    name = _cut(card.name, size, ROOM - tag - 24)
    left = MIDDLE - (_width(name, size) + tag + (24 if tag else 0)) / 2
    draw = ImageDraw.Draw(page)
    draw.text((left, level), name, SOFT, _font(size), "lm")
    if card.tag:
        right = WIDTH - left
        _dashed(draw, (round(right - tag), level - 28, round(right), level + 28))
        draw.text((right - tag / 2, level), card.tag, SOFT, _font(size), "mm")


def _dashed(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    # A dashed frame means: proposed, not promised.
    left, top, right, bottom = box
    for start in range(left, right, 16):
        for y in (top, bottom):
            draw.line((start, y, min(start + 9, right), y), SOFT, 3)
    for start in range(top, bottom, 16):
        for x in (left, right):
            draw.line((x, start, x, min(start + 9, bottom)), SOFT, 3)


def _write(picture: Picture, text: str, middle: tuple[float, float], size: int) -> None:
    # The one font that needs nobody's system has one weight: a stroke makes it bold.
    ImageDraw.Draw(picture).text(middle, text, 0, _font(size), "mm", stroke_width=size / 40)


def _fitting(text: str, sizes: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    fits = (fit for fit in sizes if len(_broken(text, fit[0])) <= fit[1])
    return next(fits, sizes[-1])


def _wrapped(text: str, size: int, room: int) -> list[str]:
    lines = _broken(text, size)
    if len(lines) > room:
        lines = [*lines[: room - 1], " ".join(lines[room - 1 :])]
    return [_cut(line, size, ROOM) for line in lines]


def _broken(text: str, size: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, size) > ROOM:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _cut(line: str, size: int, room: float) -> str:
    if _width(line, size) <= room:
        return line
    fitting = (line[:end].rstrip() + "\u2026" for end in range(min(len(line), 90), 0, -1))
    return next((one for one in fitting if _width(one, size) <= room), "\u2026")


def _width(text: str, size: int) -> float:
    return _font(size).getlength(text)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)  # type: ignore[return-value]  # with a size it is always this one


@cache
def _icon(name: str) -> Picture:
    drawn = resvg_py.svg_to_bytes(svg_string=icon_file(name), width=ICON, height=ICON, skip_system_fonts=True)
    return Image.open(BytesIO(bytes(drawn))).getchannel("A")


def _png(band: Picture, page: Picture) -> bytes:
    picture = Image.new("P", (WIDTH, HEIGHT))
    picture.putpalette(bytes(chain.from_iterable(colour for ramp in RAMPS for colour in _colours(ramp))))
    for number, (part, top) in enumerate(((page, BAND), (band, 0))):
        picture.paste(part.point([number * STEPS + level * STEPS // 256 for level in range(256)]), (0, top))
    written = BytesIO()
    picture.save(written, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return written.getvalue()


def _colours(ramp: Ramp) -> Iterator[tuple[int, ...]]:
    colour, ground = ramp
    for step in range(STEPS):
        part = step / (STEPS - 1)
        yield tuple(round(a + (b - a) * part) for a, b in zip(colour, ground, strict=True))
