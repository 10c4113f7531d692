import re
from itertools import product

from site_api.reviewers import access
from site_api.reviewers.access import ANYONE, ROUTES, Open
from site_api.reviewers.models import Role
from site_api.settings import ROOT
from tests.site_api.portal import PASSWORD, Desk, add_reviewer, fresh_code, sign_in, token_of
from tests.site_api.reviewers.roles_table import words

TLS = "https://112.contoh.id"
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def routes(app):
    for rule in app.url_map.iter_rules():
        yield rule.endpoint, rule.rule, rule.methods - {"HEAD", "OPTIONS"}


def address_of(rule):
    return re.sub(r"<[^>]+>", "M-7KQ4F2", re.sub(r"<int:[^>]+>", "1", rule))


def test_the_table_names_every_route_and_no_other(app):
    assert {endpoint.removeprefix("en_") for endpoint, _, _ in routes(app)} == set(ROUTES)


def test_the_reference_tells_the_same(app):
    told = (ROOT / "docs" / "developers" / "reference.md").read_text("utf-8")
    lines = re.findall(r"^\| `(GET|POST)` \| `([^`]+)` \| ([^|]+?) \|", told, re.MULTILINE)

    wanted = {
        (method, rule, who(ROUTES[endpoint]))
        for endpoint, rule, methods in routes(app)
        for method in methods
        if not endpoint.startswith("en_")
    }
    assert set(lines) == wanted


def who(callers):
    return "anyone" if callers is ANYONE else ", ".join(sorted(role.value for role in callers))


def test_every_page_of_the_portal_stands_in_both_languages(app):
    found = {endpoint for endpoint, _, _ in routes(app)}

    assert {
        f"en_{endpoint}" for endpoint in ROUTES if endpoint.endswith(("_review.case", "_public.form"))
    } <= found


def test_a_route_without_a_line_refuses_everybody(app, monkeypatch):
    monkeypatch.setattr(
        access, "ROUTES", {name: who for name, who in ROUTES.items() if name != "health.alive"}
    )

    assert app.test_client().get("/healthz").status_code == 404


def closed(app):
    for endpoint, rule, methods in routes(app):
        if access.callers_of(endpoint) is not ANYONE:
            yield address_of(rule), methods


def test_every_portal_route_refuses_who_has_not_signed_in(app):
    client = app.test_client()
    for address, methods in closed(app):
        for method in methods:
            response = client.open(address, method=method)
            if method in UNSAFE:
                assert response.status_code == 401, address
            else:
                assert response.status_code == 303, address
                assert response.location.endswith("/tinjau/masuk")


def test_every_unsafe_portal_route_refuses_without_its_token(app):
    add_reviewer("sari")
    client = app.test_client()
    sign_in(client, "sari")
    unsafe = [(rule, method) for rule, methods in closed(app) for method in methods & UNSAFE]
    assert len(unsafe) >= 20

    for address, method in unsafe:
        for token in ("", "0" * 64):
            response = client.open(
                address, method=method, data={"token": token}, headers={"Accept": "application/json"}
            )
            assert (response.status_code, response.json["type"]) == (403, "urn:piagam112:token_missing"), (
                address
            )


def test_a_password_alone_reaches_no_portal_route(app):
    codes = add_reviewer("sari", Role.TRIAGE)
    add_reviewer("ani", Role.ADMIN)
    for name, code in product(("sari", "ani"), ("", "000000", "0000-0000-0000", *codes[:2])):
        client = app.test_client()
        refused = name == "ani" or code not in codes
        assert sign_in(client, name, code=code).status_code == (403 if refused else 303), (name, code)
        if not refused:
            continue
        assert client.get_cookie("session") is None
        for address, methods in closed(app):
            for method in methods:
                wanted = 401 if method in UNSAFE else 303
                assert client.open(address, method=method).status_code == wanted, address


def test_a_form_that_is_sent_after_the_session_ended_leads_to_the_sign_in(app, clock):
    add_reviewer("sari")
    desk = Desk(app.test_client(), "sari")
    clock.forward(minutes=31)

    sent = desk.client.post("/tinjau/keluar", data={"token": desk.token}, headers={"Accept": "text/html"})
    asked = desk.client.get("/tinjau/", follow_redirects=True)

    assert sent.status_code == 401
    assert "sesi Anda sudah berakhir" in sent.text
    assert 'href="/tinjau/masuk"' in sent.text
    assert "Sesi Anda sudah berakhir." in asked.text


def test_a_token_sent_from_another_site_is_worth_nothing(app):
    add_reviewer("sari")
    desk = Desk(app.test_client(), "sari")

    response = desk.client.post(
        "/tinjau/keluar", data={"token": desk.token}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert response.status_code == 403


def test_a_token_of_another_session_is_worth_nothing(app):
    add_reviewer("sari")
    add_reviewer("tini")
    mine, hers = Desk(app.test_client(), "sari"), Desk(app.test_client(), "tini")

    assert mine.client.post("/tinjau/keluar", data={"token": hers.token}).status_code == 403


def test_each_route_admits_the_roles_of_its_line_and_no_other(app):
    add_reviewer("budi", Role.AGENCY, "damkar")
    desk = Desk(app.test_client(), "budi")
    for endpoint, rule, methods in routes(app):
        callers = access.callers_of(endpoint)
        if isinstance(callers, Open) or Role.AGENCY in (callers or ()):
            continue
        for method in methods:
            response = desk.client.open(address_of(rule), method=method, data={"token": desk.token})
            assert response.status_code == 403, (method, rule)


def test_the_list_leads_each_role_where_it_may_go_and_nowhere_else(app):
    doors = {"tindakan": "measures_review.all_measures", "unduh": "downloading_review.form"}
    doors["contoh-jawaban/"] = "answer_templates_review.listed"
    for role in Role:
        add_reviewer(role.value, role, "damkar" if role is Role.AGENCY else None)
        page = Desk(app.test_client(), role.value).get("").text
        for address, endpoint in doors.items():
            assert (f'href="/tinjau/{address}"' in page) == (role.value in words(who(ROUTES[endpoint]))), (
                role,
                address,
            )


def test_signing_in_needs_the_token_of_its_own_page(app):
    add_reviewer("sari")
    client = app.test_client()
    token = token_of(client.get("/tinjau/masuk"))

    sent = {"name": "sari", "password": PASSWORD, "code": fresh_code("sari")}
    without = client.post("/tinjau/masuk", data=sent)
    stranger = app.test_client().post("/tinjau/masuk", data={"token": token} | sent)

    assert (without.status_code, stranger.status_code) == (403, 403)


def test_over_tls_the_cookie_is_held_to_the_host(make_app):
    app = make_app(public_url="https://112.contoh.id")
    with app.app_context():
        add_reviewer("sari")
        client = app.test_client()
        page = client.get("/tinjau/masuk", base_url="https://112.contoh.id")

    (cookie,) = page.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-entry=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_a_session_gets_a_new_token_at_each_signing_in_and_none_works_after_signing_out(app):
    add_reviewer("sari")
    client = app.test_client()
    first, second = (sign_in(client, "sari").headers["Set-Cookie"] for _ in range(2))
    assert first != second

    desk = Desk(client, "sari")
    kept = client.get_cookie("session").value
    assert desk.post("keluar").status_code == 303
    client.set_cookie("session", kept)

    assert client.get("/tinjau/").status_code == 303


def test_over_tls_signing_out_also_takes_the_cookie_from_the_browser(make_app):
    app = make_app(public_url="https://112.contoh.id")
    with app.app_context():
        add_reviewer("sari")
        client = app.test_client()
        token = token_of(client.get("/tinjau/masuk", base_url=TLS))
        sent = {"token": token, "name": "sari", "password": PASSWORD, "code": fresh_code("sari")}
        client.post("/tinjau/masuk", base_url=TLS, data=sent)
        token = token_of(client.get("/tinjau/", base_url=TLS))

        out = client.post("/tinjau/keluar", base_url=TLS, data={"token": token})

    # A browser takes a cookie of this name only with Secure.
    assert "Secure" in out.headers["Set-Cookie"]
    assert out.headers["Set-Cookie"].startswith("__Host-session=;")
