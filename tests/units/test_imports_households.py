"""The list of households: each row its verdict, at every door, alone and among good rows."""

import pytest

from config.workflow import RuleViolation
from tests.factories.households import as_csv, as_xlsx, two_communes
from tests.factories.poverty import both_standards
from tests.units.bad_households import (
    BLANK,
    CASES,
    GOOD,
    NOTED,
    OK,
    names,
    needed_before,
    row_of,
    rows,
)
from units.actions import upload_import
from units.imports import road
from units.imports.kind import kind_of
from units.models import Import, ImportRow

pytestmark = pytest.mark.django_db
FILES = pytest.mark.parametrize("made", [as_xlsx, as_csv])
EACH = pytest.mark.parametrize("place", range(len(CASES)), ids=names())


@pytest.fixture(autouse=True)
def _register(stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()
    two_communes()


def uploaded(file):
    return upload_import(kind_of("ho"), file, by=None, options={})


def verdict(job, number):
    """How the row of this number was taken: by the first rule that refuses it, or a note."""
    found = job.problems.filter(number=number).order_by("pk")
    refusals = [problem.rule for problem in found if problem.blocking]
    if refusals:
        return refusals[0]
    notes = {problem.rule for problem in found}
    return notes.pop() if notes else OK


def others(number):
    """Good rows to stand around a row."""
    return [
        {**GOOD, "ma_ho": f"08707{n:05}", "so_dinh_danh": f"999{n:09}"}
        for n in range(number, number + 3)
    ]


@FILES
def test_all_wrong_rows_of_one_file_get_their_verdicts(made):
    job = uploaded(made(rows()))

    told = [verdict(job, number) for number in range(2, len(CASES) + 2)]
    expected = [OK if case == BLANK else case for _, case in CASES]
    assert told == expected
    assert job.state == Import.State.FAULTY
    assert job.rows.filter(part="").exclude(verdict=ImportRow.Verdict.FAULTY).count() == sum(
        case in (OK, NOTED) for _, case in CASES
    )
    assert "Bỏ qua 1 dòng trống trong bảng (dòng 41)." in job.notes


@FILES
@EACH
def test_a_row_gets_the_same_verdict_alone(made, place):
    before = needed_before(place)
    if CASES[place][1] == BLANK:
        with pytest.raises(RuleViolation, match="chưa có dòng dữ liệu nào"):
            uploaded(made([row_of(place)]))
        return

    job = uploaded(made([*before, row_of(place)]))

    assert verdict(job, len(before) + 2) == CASES[place][1]


@FILES
@EACH
def test_a_row_gets_the_same_verdict_among_good_rows(made, place):
    before = [*others(500), *needed_before(place)]

    job = uploaded(made([*before, row_of(place), *others(600)]))

    wrong = set(job.problems.filter(blocking=True).values_list("number", flat=True))
    expected = CASES[place][1]
    assert verdict(job, len(before) + 2) == (OK if expected == BLANK else expected)
    assert wrong == (set() if expected in (OK, NOTED, BLANK) else {len(before) + 2})
    right = job.rows.filter(part="").exclude(verdict=ImportRow.Verdict.FAULTY).count()
    assert right == len(before) + 3 + (expected in (OK, NOTED))


@pytest.mark.parametrize("place", range(len(CASES)), ids=names())
def test_rows_without_a_file_get_the_same_verdict(place):
    """The door of other pages: raw values by column."""
    heads = {c.aliases[0]: c.name for c in kind_of("ho").definition({}).columns}
    raw = [
        {heads[head]: value for head, value in row.items()}
        for row in (*needed_before(place), row_of(place))
    ]

    line = road.verdict(kind_of("ho"), {}, raw, None)[-1]

    refusals = [problem.rule for problem in line.problems if problem.blocking]
    expected = CASES[place][1]
    if expected == BLANK:
        assert refusals[0] == "missing_code"
    else:
        assert refusals[:1] == ([] if expected in (OK, NOTED) else [expected])


def test_a_wrong_cell_is_told_once():
    """What could not be read is not found missing as well."""
    job = uploaded(as_xlsx([*others(500), {**row_of(0), "so_nhan_khau": "bốn"}]))

    assert [problem.rule for problem in job.problems.all()] == ["text_in_number"]
