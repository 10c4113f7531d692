import pytest
from jinja2 import UndefinedError

from scripts.charter_site.rendering import (
    ICONS,
    MissingIconError,
    environment,
    form_address,
    icon,
    link,
)
from scripts.charter_site.views import home_of
from scripts.charter_site.words import LANGUAGES, Words, labels
from tests.sites import changed, language_of


@pytest.mark.parametrize(
    ("page", "target", "reference"),
    [
        ("", "", "./"),
        ("", "janji/", "janji/"),
        ("janji/", "", "../"),
        ("layanan/kebakaran/", "janji/#umum-angkat", "../../janji/#umum-angkat"),
        ("layanan/kebakaran/", "layanan/kebakaran/#kbk-siap", "#kbk-siap"),
        ("layanan/kebakaran/", "layanan/kebakaran/", "../../layanan/kebakaran/"),
    ],
)
def test_a_link_is_relative_to_its_page(page, target, reference):
    assert link(page, target) == reference


@pytest.mark.parametrize(
    ("api_url", "language", "address"),
    [
        (None, "id", "/masukan"),
        (None, "en", "/en/masukan"),
        ("https://suara.contoh.go.id/", "en", "https://suara.contoh.go.id/en/masukan"),
    ],
)
def test_a_form_is_of_the_same_origin_unless_the_charter_names_another(
    city_charter, api_url, language, address
):
    moved = changed(city_charter, info=city_charter.info.model_copy(update={"api_url": api_url}))

    assert form_address(moved, language, "/masukan") == address


@pytest.mark.parametrize("path", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_a_picture_stands_in_the_page_and_is_hidden_from_screen_readers(path):
    drawn = icon(path.stem)

    assert drawn.startswith('<svg class="p-icon" aria-hidden="true" focusable="false" ')


def test_a_picture_that_nobody_drew_is_refused_by_the_name_of_its_file():
    with pytest.raises(MissingIconError, match=r"brand/icons/no-such\.svg.*picture: no-such"):
        icon("no-such")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_that_nobody_wrote_is_an_error(city_charter, language):
    env = environment(city_charter, language)

    with pytest.raises(UndefinedError):
        env.from_string("{{ L.no_such_label }}").render()


def test_what_the_charter_says_is_never_read_as_markup(city_charter):
    env = environment(city_charter, "id")

    said = env.from_string("{{ text }}").render(text="<script>")

    assert said == "&lt;script&gt;"


@pytest.fixture(params=["built_site", "sample_site"])
def any_site(request):
    return request.getfixturevalue(request.param)


def passages(site):
    for address, page in site.pages.items():
        yield language_of(address), address, page.one("main").text


def as_proposals(language, sentence):
    """Give a sentence in the two ways a proposal is printed: after the word, or after the tag."""
    said = labels(language)
    return {
        f"{said['proposal']} {Words(language).lower_first(sentence)}",
        f"{said['standing']['usulan']} {sentence}",
        f"{said['proposal']} {sentence}",
    }


def test_a_proposal_is_never_printed_without_the_word_that_says_so(city_charter, any_site):
    proposals = [clause for clause in city_charter.clauses() if clause.is_proposal]

    bare = []
    for language, address, text in passages(any_site):
        for clause in proposals:
            sentence = Words(language).text(clause.text)
            marked = sum(text.count(form) for form in as_proposals(language, sentence) if sentence in form)
            bare += [(address, clause.id)] if text.count(sentence) != marked else []

    assert bare == []


def test_a_proposal_stands_on_the_page_where_it_lives(city_charter, built_site):
    for prefix, language in zip(("/", "/en/"), LANGUAGES, strict=True):
        for clause in city_charter.clauses():
            if clause.is_proposal:
                home = home_of(city_charter, clause).partition("#")[0]
                forms = as_proposals(language, Words(language).text(clause.text))
                assert any(form in built_site.page(prefix + home).text for form in forms), clause.id


def test_what_is_required_or_agreed_is_never_called_a_proposal(city_charter, any_site):
    carried = [promise for promise in city_charter.promises() if not promise.is_proposal]

    called = [
        (address, promise.id)
        for language, address, text in passages(any_site)
        for promise in carried
        if any(form in text for form in as_proposals(language, Words(language).text(promise.text)))
    ]

    assert called == []


def test_a_body_that_the_city_does_not_bind_has_promised_nothing_where_no_law_fixes_it(
    city_charter, built_site
):
    for prefix, language in zip(("/", "/en/"), LANGUAGES, strict=True):
        said = labels(language)["no_promise_from"]
        for promise in city_charter.promises():
            owner = city_charter.agency.get(promise.owner)
            silent = owner is not None and not owner.bound_by_city and promise.is_proposal
            home, _, anchor = home_of(city_charter, promise).partition("#")
            card = built_site.page(prefix + home).by_id(anchor).text
            assert (said.format(agency=owner.short if owner else "") in card) is silent, promise.id
