from charter_data.problems import ERRORS, WARNINGS
from charter_data.schemas import schemas
from scripts.build_charter import main


def test_the_list_names_every_rule_with_severity_and_hint(capsys):
    code = main(["rules"])

    lines = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
    assert code == 0
    assert {rule: hint for severity, rule, hint in lines if severity == "error"} == ERRORS
    assert {rule: hint for severity, rule, hint in lines if severity == "warning"} == WARNINGS


def test_the_schemas_are_written_where_asked(capsys, tmp_path):
    code = main(["schema", "--folder", str(tmp_path / "schema")])

    assert code == 0
    assert {path.name: path.read_text() for path in (tmp_path / "schema").iterdir()} == schemas()
    assert len(capsys.readouterr().out.splitlines()) == len(schemas())
