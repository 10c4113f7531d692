import gzip

import pytest

from site_api.installation import installation

TEXT = "Telepon 112. " * 200
GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def site(app):
    site_dir = installation().settings.site_dir
    for name, content in {"index.html": TEXT, "kecil.html": "112", "a.svg": TEXT, "b.png": TEXT}.items():
        (site_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (site_dir / name).write_text(content)


@pytest.mark.parametrize("path", ["/", "/a.svg"])
def test_a_text_goes_out_compressed_to_a_browser_that_takes_it(client, site, path):
    response = client.get(path, headers=GZIP)

    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.data).decode() == TEXT
    assert len(response.data) < len(TEXT) / 10
    assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/", {"Accept-Encoding": "gzip;q=0"}),
        ("/", GZIP | {"Range": "bytes=0-5"}),
        ("/kecil.html", GZIP),
        ("/b.png", GZIP),
        ("/masukan", GZIP),
        ("/tinjau/masuk", GZIP),
    ],
)
def test_pictures_parts_small_files_and_forms_go_out_as_they_are(client, site, path, headers):
    assert "Content-Encoding" not in client.get(path, headers=headers).headers


def test_an_unchanged_page_is_not_sent_again_however_it_came(client, site):
    packed, plain = client.get("/", headers=GZIP), client.get("/")

    for tag in (packed.headers["ETag"], plain.headers["ETag"]):
        for headers in ({}, GZIP):
            again = client.get("/", headers=headers | {"If-None-Match": tag})
            assert (again.status_code, again.data) == (304, b"")


def test_head_tells_the_same_length(client, site):
    head, whole = client.head("/", headers=GZIP), client.get("/", headers=GZIP)

    assert (head.content_length, head.data) == (len(whole.data), b"")


def test_the_same_text_gives_the_same_bytes(client, site):
    assert client.get("/", headers=GZIP).data == client.get("/", headers=GZIP).data
