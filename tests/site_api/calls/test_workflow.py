import csv
import random

import pytest
from sqlalchemy import select, text

from site_api import audit
from site_api.audit import AuditEntry
from site_api.calls.durations import quantile, sort_legs
from site_api.calls.models import Call, CallEvent, CallUnit, Dataset
from site_api.calls.queries import legs_of
from site_api.calls.reading import LogError
from site_api.calls.schemas import MappingError
from site_api.database import db
from tests.site_api.calls.logs import LINCOLN, import_lincoln, import_rows, row

TABLES = ("datasets", "calls", "call_units", "call_events", "audit")
pytestmark = pytest.mark.usefixtures("app")


def stored():
    """Give every row of every table that an import may touch."""
    db.session.rollback()
    return {table: db.session.execute(text(f"SELECT * FROM {table}")).all() for table in TABLES}  # noqa: S608


def only(model):
    db.session.rollback()
    return db.session.scalars(select(model)).one()


def counted(imported):
    return (imported.rows, imported.added, imported.duplicates, imported.already_there, len(imported.refused))


def lincoln_legs(imported):
    db.session.rollback()
    found = dict(legs_of(imported.mapping.dataset, imported.mapping.main_events))
    legs = {f"{start}-{end}": sort_legs(seconds) for (start, end), seconds in found.items()}
    return {
        leg: (one.n, one.missing, one.out_of_order, quantile(one.seconds, 50), quantile(one.seconds, 90))
        for leg, one in legs.items()
    }


# What a plain clock difference gives for the same rows.
LINCOLN_LEGS = {"terus-berangkat": (191, 0, 2, 143, 477), "berangkat-tiba": (189, 0, 4, 546, 1289)}


def test_a_real_log_gives_the_figures_of_a_plain_clock_difference():
    imported = import_lincoln()

    assert counted(imported) == (200, 193, 7, 0, 0)
    assert lincoln_legs(imported) == LINCOLN_LEGS


def test_a_log_that_is_imported_twice_adds_nothing():
    import_lincoln()
    before = stored()

    again = import_lincoln()

    assert counted(again) == (200, 0, 0, 200, 0)
    assert stored() == before


def test_a_longer_log_adds_only_what_is_new(tmp_path):
    lines = LINCOLN.read_text("utf-8").splitlines(keepends=True)
    half = tmp_path / "half.csv"
    half.write_text("".join(lines[:101]), "utf-8")

    first = import_lincoln(half)
    second = import_lincoln()

    assert first.added + second.added == 193
    assert second.already_there == 100
    assert lincoln_legs(second) == LINCOLN_LEGS


@pytest.mark.parametrize("seed", range(8))
def test_every_damaged_row_is_named_and_all_others_come_in(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311
    with LINCOLN.open(encoding="utf-8", newline="") as file:
        lines = [",".join(cells) for cells in csv.reader(file)]
    unique = [at for at in range(1, len(lines)) if lines.count(lines[at]) == 1]
    damaged = sorted(chance.sample(unique, 10))
    harms = (
        lambda cells: cells[:-1],
        lambda cells: [*cells, "x"],
        lambda cells: ["2010-02-30", *cells[1:]],
        lambda cells: ["", *cells[1:]],
        lambda cells: [*cells[:3], "24:61:00", *cells[4:]],
        lambda cells: [*cells[:5], "6.51", *cells[6:]],
        lambda cells: [cells[0], f'"{cells[1]}', *cells[2:]],
        lambda cells: [f'{cells[0]}"', *cells[1:]],
        lambda cells: [*cells[:4], "\0", *cells[5:]],
        lambda cells: ["2010-03-14", *cells[1:3], "02:30:00", *cells[4:]],
    )
    for at, harm in zip(damaged, chance.sample(harms, 10), strict=True):
        lines[at] = ",".join(harm(lines[at].split(",")))
    log = tmp_path / "damaged.csv"
    log.write_text("\n".join(lines) + "\n", "utf-8")

    imported = import_lincoln(log)

    assert [line for line, _ in imported.refused] == [at + 1 for at in damaged]
    assert all(": " in reason for _, reason in imported.refused)
    assert counted(imported) == (200, 183, 7, 0, 10)


def test_a_refused_row_comes_in_once_it_is_mended(tmp_path):
    lines = LINCOLN.read_text("utf-8").splitlines(keepends=True)
    log = tmp_path / "damaged.csv"
    log.write_text("".join([*lines[:-1], lines[-1].replace(":", ";", 1)]), "utf-8")

    assert counted(import_lincoln(log))[1:] == (192, 7, 0, 1)
    assert counted(import_lincoln())[1:] == (1, 0, 199, 0)


def test_a_call_is_stored_once_with_its_units_and_side_events(tmp_path):
    both = {"layanan": "KLL", "kelurahan": "1274010001", "masuk": 0, "angkat": 9, "ragu": 20}
    import_rows(
        tmp_path,
        [
            row(7, instansi="polres", unit="P1", terus=60, tiba=600, **both),
            row(7, instansi="dinkes", unit="A1", terus=75, tiba=900, eskalasi=200, **both),
        ],
    )

    call = only(Call)
    assert (call.call_class, call.service, call.district) == ("darurat", "KLL", "1274010001")
    assert call.t0.isoformat() == "2026-05-04T01:00:00+00:00"
    assert call.first_at == call.t0
    units = db.session.scalars(select(CallUnit).order_by(CallUnit.line)).all()
    assert [(unit.agency, unit.unit, unit.line, unit.call_id) for unit in units] == [
        ("polres", "P1", 2, call.id),
        ("dinkes", "A1", 3, call.id),
    ]
    events = db.session.scalars(select(CallEvent).order_by(CallEvent.id)).all()
    assert [(event.event, event.agency) for event in events] == [("ragu", None), ("eskalasi", "dinkes")]


def test_a_call_that_sent_nobody_is_a_call_without_an_agency(tmp_path):
    import_rows(tmp_path, [row(1, kelas="iseng", masuk=0, angkat=9)])

    assert only(Call).call_class == "iseng"
    assert only(CallUnit).agency is None


def test_a_later_row_may_tell_more_of_a_case_but_nothing_else_of_it(tmp_path):
    import_rows(tmp_path, [row(1, instansi="damkar", unit="D1", masuk=5, terus=60)])

    more = import_rows(
        tmp_path,
        [
            row(1, instansi="damkar", unit="D2", masuk=5, terus=0, selesai=900, pandu=50),
            row(1, instansi="damkar", unit="D3", masuk=6, terus=60),
            row(1, instansi="damkar", unit="D4", masuk=5, terus=60, pandu=51),
        ],
    )

    assert more.added == 1
    assert [(line, reason.split(",")[0]) for line, reason in more.refused] == [
        (3, "says t0 2026-05-04T01:00:06Z"),
        (4, "says pandu 2026-05-04T01:00:51Z"),
    ]
    call = only(Call)
    assert call.t8 is not None
    assert call.first_at.second == 0


def test_the_same_row_key_with_another_content_is_refused_with_the_line_of_the_first(tmp_path):
    first = row(1, instansi="damkar", unit="D1", terus=60, tiba=600)
    changed = row(1, instansi="damkar", unit="D1", terus=60, tiba=601)

    imported = import_rows(tmp_path, [row(2, masuk=0), first, changed])
    later = import_rows(tmp_path, [changed])

    assert imported.refused[0][0] == 4
    assert imported.refused[0][1].startswith("has the row key of line 3 and says something else")
    assert later.refused[0][1].startswith("has the row key of line 3 of an earlier import")


def test_a_row_says_everything_that_is_wrong_with_it(tmp_path):
    wrong = row(1, kelas="gawat", layanan="API", instansi="pemadam", masuk="pagi", tiba="siang")

    line, reason = import_rows(tmp_path, [wrong]).refused[0]

    assert line == 2
    for part in (
        "`class` is `gawat`",
        "`service` is `API`",
        "`agency` is `pemadam`",
        "`masuk` is `pagi`",
        FORM_OF_ARRIVAL,
    ):
        assert part in reason


FORM_OF_ARRIVAL = "`tiba` is `siang`: write it as %Y-%m-%d %H:%M:%S"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"instansi": "damkar"}, "no time at all"),
        ({"masuk": 0, "tiba": 600}, "tiba) and no agency"),
        ({"masuk": "0001-01-01 00:00:00"}, "cannot be placed"),
        ({"masuk": "2026-05-04 08:00:00\x1b[2J"}, "08:00:00\u00b7[2J"),
        ({"masuk": "8" * 100}, "8...`"),
    ],
)
def test_a_row_that_says_nothing_usable_is_refused(tmp_path, cells, reason):
    assert reason in import_rows(tmp_path, [row(1, **cells)]).refused[0][1]


def test_an_empty_row_key_names_no_row(tmp_path):
    refused = import_rows(tmp_path, [row("", masuk=0)], row_key=["nomor"]).refused

    assert refused[0][1].startswith("`row_key` is empty")


def test_the_words_of_a_log_become_ours_and_an_unknown_one_is_refused(tmp_path):
    words = {"column": "kelas", "words": {"Genuine": "darurat", "Prank": "iseng"}}
    rows = [row(1, kelas="Prank", masuk=0), row(2, kelas="Other", masuk=0), row(3, kelas="", masuk=0)]

    imported = import_rows(tmp_path, rows, class_=words)

    db.session.rollback()
    assert db.session.scalars(select(Call.call_class).order_by(Call.id)).all() == ["iseng", None]
    assert imported.refused == [(3, "`kelas` is `Other`: write one of Genuine, Prank, or add it to `words`")]


def test_a_log_of_one_agency_names_it_once(tmp_path):
    import_rows(tmp_path, [row(1, terus=0)], agency={"constant": "damkar"}, unit=None)

    assert only(CallUnit).agency == "damkar"


@pytest.mark.parametrize(("first", "second"), [("real", "simulated"), ("simulated", "real")])
def test_real_and_simulated_calls_never_share_a_database(tmp_path, first, second):
    import_rows(tmp_path, [row(1, masuk=0)], first)
    before = stored()

    with pytest.raises(LogError, match="never mix"):
        import_rows(tmp_path, [row(2, masuk=0)], second, dataset="lain")
    assert stored() == before


@pytest.mark.parametrize("own", ["real", "simulated"])
def test_a_foreign_log_may_stand_beside_either(tmp_path, own):
    import_rows(tmp_path, [row(1, masuk=0)], own)

    assert import_lincoln().added == 193


def test_a_dataset_never_changes_its_kind(tmp_path):
    import_rows(tmp_path, [row(1, masuk=0)], "foreign")

    with pytest.raises(LogError, match="log-kota is foreign, not real: give this log another name"):
        import_rows(tmp_path, [row(2, masuk=0)], "real")


def test_two_datasets_may_use_the_same_numbers(tmp_path):
    import_rows(tmp_path, [row(1, masuk=0)])

    assert import_rows(tmp_path, [row(1, masuk=60)], dataset="lain").added == 1


def test_an_import_stands_in_the_audit_chain_with_its_counts(clock):
    import_lincoln()

    entry = only(AuditEntry)
    assert (entry.actor, entry.verb, entry.subject) == ("command", "calls.import", "lincoln-county-dispatch")
    assert entry.at == clock.time
    assert '"added":193' in entry.detail
    assert '"duplicates":7' in entry.detail
    assert audit.verify().fault is None


def test_an_import_that_can_add_nothing_leaves_no_trace(tmp_path):
    before = stored()

    import_rows(tmp_path, [row(1, masuk="pagi")])
    with pytest.raises(MappingError):
        import_rows(tmp_path, [row(1, masuk=0)], time_zone="Jakarta")

    assert stored() == before


def test_nothing_is_stored_of_columns_that_the_mapping_does_not_name(tmp_path):
    import_rows(tmp_path, [row("0812-3456-7890", masuk=0)])

    assert "0812" not in str(stored())
    assert only(Dataset).source == "Log pusat panggilan"
