import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from scripts.build_charter import SUBJECTS, main
from tests.factories import city_files, write_city
from tests.sites import DATA, contents, copy_checkout, start_command

MISSPELT = ("charter.yml", 'status: "draft"', 'stattus: "draft"')
NO_PICTURE = ("services/KBK.yml", 'picture: "do-exit"', 'picture: "no-such"')


@pytest.fixture
def old_site(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old")
    return site


@pytest.fixture
def checkout(tmp_path):
    return copy_checkout(tmp_path / "checkout")


def test_a_sound_charter_passes_and_is_counted(capsys):
    code = main(["check"])

    said = capsys.readouterr()
    assert code == 0
    assert re.search(r"^12 services$", said.out, re.MULTILINE)
    assert re.search(r"^0 errors, \d+ warnings$", said.out, re.MULTILINE)
    assert said.err == ""


def test_a_quiet_check_of_a_sound_charter_is_silent(capsys):
    code = main(["check", "--quiet"])

    assert (code, *capsys.readouterr()) == (0, "", "")


def test_every_error_is_one_line_with_file_line_and_column(data, edit, capsys):
    edit(*MISSPELT)

    code = main(["check", "--quiet", "--data", str(data)])

    said = capsys.readouterr()
    assert (code, said.out) == (1, "")
    assert all(re.match(r"^[\w/]+\.yml:\d+:\d+: [a-z-]+: ", line) for line in said.err.splitlines())


def test_programs_get_the_problems_as_json(data, edit, capsys):
    edit(*MISSPELT)

    code = main(["check", "--json", "--data", str(data)])

    problems = json.loads(capsys.readouterr().out)["problems"]
    assert code == 1
    assert "unknown-key" in {problem["code"] for problem in problems}


def test_checking_changes_no_file():
    before = contents(DATA)

    main(["check", "--quiet"])

    assert contents(DATA) == before


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        (MISSPELT, r"charter\.yml:\d+:\d+: unknown-key: "),
        (NO_PICTURE, r"brand/icons/no-such\.svg is missing"),
    ],
)
def test_a_mistake_in_the_data_stops_the_build_and_leaves_the_old_site(
    data, edit, old_site, capsys, mistake, told
):
    edit(*mistake)

    code = main(["build", "--data", str(data), "--site", str(old_site)])

    said = capsys.readouterr()
    assert (code, said.out) == (1, "")
    assert re.search(told, said.err)
    assert "Traceback" not in said.err
    assert contents(old_site) == {"index.html": b"old"}


def test_a_folder_that_is_none_is_refused_in_one_line(tmp_path, capsys):
    code = main(["build", "--data", str(tmp_path / "none"), "--site", str(tmp_path / "site")])

    assert code == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_command_builds_the_site(built_site, tmp_path):
    code = main(["build", "--site", str(tmp_path / "site")])

    assert code == 0
    assert contents(tmp_path / "site") == built_site.files


def test_a_broken_theme_override_leaves_the_old_site(checkout, old_site):
    override = checkout / "docs" / "overrides" / "main.html"
    override.write_text(override.read_text() + '{% include "no-such.html" %}')

    with start_command(checkout, "build", "--site", old_site) as building:
        out, err = building.communicate()

    assert (building.returncode, out) == (1, "")
    assert "mkdocs could not build the site; the old one still stands" in err
    assert "no-such.html" in err
    assert contents(old_site) == {"index.html": b"old"}


def lines_of(stream):
    return iter(stream.readline, "")


def test_serving_shows_changed_words_and_survives_a_mistake(checkout, tmp_path):
    labels = checkout / "scripts" / "charter_site" / "texts" / "id.yml"
    sound = labels.read_text()
    with start_command(checkout, "serve", "--port", 0, "--site", tmp_path / "site") as serving:
        address = next(lines_of(serving.stdout)).strip()

        labels.write_text("not: sound")
        assert any("UndefinedError" in line for line in lines_of(serving.stderr))
        labels.write_text(sound.replace('skip: "', 'skip: "Nanas '))
        assert next(lines_of(serving.stdout)) == "built\n"

        with urllib.request.urlopen(address) as answer:  # noqa: S310 (our own server)
            page = answer.read().decode()
        serving.send_signal(signal.SIGINT)
        serving.communicate()
    assert "Nanas" in page
    assert serving.returncode == 0


def test_after_every_change_and_mistake_the_served_site_is_what_a_build_makes(checkout, tmp_path):
    data = write_city(tmp_path / "data", city_files())
    service, code = data / "services" / "KBK.yml", checkout / "charter_data" / "seals.py"
    sound, site = service.read_text(), tmp_path / "site"
    options = ("--data", data, "--site")
    with start_command(checkout, "serve", "--port", 0, *options, site) as serving:
        built = lines_of(serving.stdout)
        next(built)

        service.write_text(sound.replace("slug: kebakaran", "slug: api"))
        assert next(built) == "built\n"
        service.write_text("slug: [")
        assert any("services/KBK.yml" in line for line in lines_of(serving.stderr))
        service.write_text(sound.replace("slug: kebakaran", "slug: nyala"))
        assert next(built) == "built\n"
        code.write_text(code.read_text().replace("SHORT = 12", "SHORT = 10"))
        assert next(built) == "built\n"

        serving.send_signal(signal.SIGINT)
        serving.communicate()
    with start_command(checkout, "build", *options, tmp_path / "full") as building:
        building.communicate()
    served = contents(site)
    assert {"layanan/nyala/index.html", "en/layanan/nyala/index.html"} <= served.keys()
    assert not any("layanan/kebakaran/" in name or "layanan/api/" in name for name in served)
    assert served == contents(tmp_path / "full")


def test_a_port_that_is_taken_is_told_in_one_line(checkout, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with start_command(checkout, "serve", "--port", port, "--site", tmp_path / "site") as serving:
            _, err = serving.communicate()

    assert serving.returncode == 1
    assert re.fullmatch(r".*in use\n", err)


def test_every_command_is_loaded_by_its_own_name_and_all_of_them_for_help(capsys):
    named = [command for commands in SUBJECTS.values() for command in commands]

    for command in named:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert capsys.readouterr().out.startswith(f"usage: build_charter.py {command} ")
    with pytest.raises(SystemExit):
        main(["--help"])

    listed = re.findall(r"^    ([a-z-]+)(?: {2,}|$)", capsys.readouterr().out, re.MULTILINE)
    assert listed == named


def test_the_site_tool_is_started_before_the_charters_records_are_loaded(checkout):
    code = "import sys, scripts.commands.building; print('pydantic' in sys.modules)"

    said = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "False\n"
