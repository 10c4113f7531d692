from site_api.measures import workflow
from site_api.measures.commands import commands
from site_api.measures.models import State
from tests.site_api.measures.people import again, in_force, proposed


def test_the_clock_ends_what_is_due_and_says_how_many(app, clock):
    measure = in_force()
    proposed(step="putus", caller="b" * 64)
    run = app.test_cli_runner().invoke
    assert run(commands, ["end-due"]).output == "0 ended\n"

    clock.forward(days=91)

    assert run(commands, ["end-due"]).output == "2 ended\n"
    assert again(measure).state is State.ENDED
    assert run(commands, ["end-due"]).output == "0 ended\n"


def test_a_day_that_has_not_come_is_refused(app):
    told = app.test_cli_runner().invoke(commands, ["end-due", "--today", "2027-01-01"])

    assert (told.exit_code, "has not come yet" in told.output) == (1, True)


def test_nothing_of_measures_can_close_the_line(app):
    names = {rule.rule for rule in app.url_map.iter_rules() if "tindakan" in rule.rule}
    verbs = {name for name in dir(workflow) if not name.startswith("_")}

    assert not [name for name in names | verbs if "block" in name or "blokir" in name or "tutup" in name]
