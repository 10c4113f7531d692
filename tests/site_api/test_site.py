import pytest

from site_api.installation import installation


@pytest.fixture
def site(app):
    site_dir = installation().settings.site_dir
    files = {
        "index.html": "depan",
        "layanan/index.html": "layanan",
        "en/index.html": "home",
        "data/charter.json": "{}",
        "data/janji.csv": "id",
        "assets/stylesheets/main.0123abcd.min.css": "p{}",
        "assets/brand/bar.css": "a{}",
        "robots.txt": "User-agent: *",
        ".well-known/security.txt": "Contact: mailto:a@contoh.example",
        ".well-known/.rahasia": "no",
        ".rahasia": "no",
        ".git/config": "no",
    }
    for name, text in files.items():
        (site_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (site_dir / name).write_text(text)
    (site_dir.parent / "outside.html").write_text("no")
    return site_dir


@pytest.mark.parametrize(
    ("path", "text", "content_type"),
    [
        ("/", "depan", "text/html; charset=utf-8"),
        ("/en/", "home", "text/html; charset=utf-8"),
        ("/layanan/", "layanan", "text/html; charset=utf-8"),
        ("/layanan/index.html", "layanan", "text/html; charset=utf-8"),
        ("/data/charter.json", "{}", "application/json"),
        ("/data/janji.csv", "id", "text/csv; charset=utf-8"),
        ("/robots.txt", "User-agent: *", "text/plain; charset=utf-8"),
        ("/.well-known/security.txt", "Contact: mailto:a@contoh.example", "text/plain; charset=utf-8"),
        ("/assets/brand/bar.css", "a{}", "text/css; charset=utf-8"),
    ],
)
def test_an_address_gives_its_file_with_its_type(client, site, path, text, content_type):
    response = client.get(path)

    assert (response.status_code, response.text, response.content_type) == (200, text, content_type)


@pytest.mark.parametrize(
    ("path", "location"),
    [("/layanan", "layanan/"), ("/layanan?a=1&b=%20", "layanan/?a=1&b=%20"), ("/en", "en/")],
)
def test_a_folder_without_slash_redirects_to_the_slash(client, site, path, location):
    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (308, location)


@pytest.mark.parametrize(
    "path",
    [
        "/tidak-ada",
        "/data/",
        "/index.html/",
        "/.rahasia",
        "/.well-known",
        "/.well-known/",
        "/.well-known/.rahasia",
        "/.well-known/../.git/config",
        "/en/.well-known/security.txt",
        "/.git/config",
        "/layanan/./index.html",
        "/../outside.html",
        "/..%2foutside.html",
        "/layanan/../../outside.html",
        "/%00",
        "/" + "a" * 5000,
        "/outside.html",
    ],
)
def test_what_is_not_a_page_is_not_found(client, site, path):
    assert client.get(path).status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(client, site):
    (site / "tautan.html").symlink_to(site.parent / "outside.html")

    assert client.get("/tautan.html").status_code == 404


def test_two_slashes_never_lead_to_another_host(client, site):
    response = client.get("//contoh.id/..")

    assert not response.headers.get("Location", "").startswith("//")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_pages_are_only_read(client, site, method):
    assert client.open("/layanan/", method=method).status_code == 405


def test_head_gives_the_headers_alone(client, site):
    response = client.head("/")

    assert (response.status_code, response.content_length, response.data) == (200, 5, b"")


def test_an_unchanged_page_is_not_sent_again(client, site):
    first = client.get("/")

    by_tag = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    by_date = client.get("/", headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert (by_tag.status_code, by_date.status_code) == (304, 304)


@pytest.mark.parametrize(
    ("path", "cache"),
    [
        ("/", "no-cache"),
        ("/assets/brand/bar.css", "no-cache"),
        ("/assets/stylesheets/main.0123abcd.min.css", "public, max-age=604800"),
    ],
)
def test_only_files_named_by_their_content_are_kept(client, site, path, cache):
    assert client.get(path).headers["Cache-Control"] == cache


def test_without_a_site_a_page_says_which_command_builds_it(client):
    response = client.get("/layanan/", headers={"Accept": "text/html"})

    assert response.status_code == 503
    assert "make site" in response.text


def test_without_a_site_the_look_of_the_error_page_is_there(client):
    response = client.get("/assets/brand/icons/home.svg")

    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")


@pytest.mark.parametrize(("method", "is_known"), [("GET", True), ("HEAD", False)])
def test_an_answer_without_a_body_leaves_no_file_open(app, client, site, method, is_known):
    tag = client.get("/").headers["ETag"]

    with app.test_request_context("/", method=method, headers={"If-None-Match": tag} if is_known else {}):
        response = app.full_dispatch_request()

    assert response.response.file.closed


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "TRACE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/api/v1/feedback", "/api/v1/feedback/erase", "/lacak/hapus"])
def test_allow_names_exactly_the_methods_that_an_address_takes(client, path, method):
    response = client.open(path, method=method)

    assert response.status_code == (200 if method == "OPTIONS" else 405)
    assert set(response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_an_address_with_a_page_allows_to_read_it(client):
    response = client.put("/masukan")

    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
