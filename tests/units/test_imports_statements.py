"""The statistical table: every wrong row by its rule at every door, sums, writing, taking back."""

import pytest

from config.workflow import RuleViolation
from tests.factories.campaign import CampaignFactory
from tests.factories.poverty import both_standards
from tests.factories.tallies import PovertyTallyFactory
from tests.factories.units import (
    CommuneFactory,
    DistrictFactory,
    ProvinceFactory,
    VillageFactory,
    person,
)
from tests.units.bad_statements import GOOD, NOTED, OK, rows
from tests.units.statement_files import communes_of_the_table, csv_, line, xlsx
from units.actions import confirm_import, undo_import, upload_import
from units.imports import road
from units.imports.statements.kind import Statements
from units.kinds import Role
from units.models import Import, PovertyTally

pytestmark = pytest.mark.django_db
KIND = Statements()
DOORS = pytest.mark.parametrize("made", [xlsx, csv_])


@pytest.fixture(autouse=True)
def _year(stop_clock):
    stop_clock(2026, 3, 2, 8)
    both_standards()
    CampaignFactory()


@pytest.fixture
def province():
    return ProvinceFactory(code="26")


@pytest.fixture
def desk(province):
    return person(Role.POVERTY_DESK, province)


@pytest.fixture
def district(province):
    """A district of two communes, the first with a village."""
    district = DistrictFactory(code="247", parent=province)
    district.communes = [CommuneFactory(parent=district) for _ in range(2)]
    district.village = VillageFactory(code="0870701", parent=district.communes[0])
    return district


def told(job):
    """First refusing rule by the number of the row."""
    found = {}
    for number, rule in (
        job.problems.filter(blocking=True).order_by("pk").values_list("number", "rule")
    ):
        found.setdefault(number, rule)
    return found


def expected(pairs, start=2):
    return {
        number: verdict
        for number, (_, verdict) in enumerate(pairs, start)
        if verdict not in (OK, NOTED)
    }


# Every wrong row by its rule


@DOORS
def test_each_wrong_row_is_refused_by_its_own_rule(made, desk):
    communes_of_the_table()
    pairs = rows()

    job = upload_import(KIND, made([row for row, _ in pairs]), by=desk)

    assert told(job) == expected(pairs)
    noted = {number for number, (_, verdict) in enumerate(pairs, 2) if verdict == NOTED}
    found = job.problems.filter(rule="normalised").values_list("number", flat=True)
    assert set(found) == noted


@DOORS
def test_a_wrong_row_is_refused_alike_among_right_ones(made, desk):
    right = communes_of_the_table()
    lines = [GOOD | {"ma": code, "nam": 2022} for code in right if code != "08734"]
    pairs = [(row, OK) for row in lines] + rows() + [(GOOD | {"nam": 2021, "ma": "08731"}, OK)]

    job = upload_import(KIND, made([row for row, _ in pairs]), by=desk)

    assert told(job) == expected(pairs)
    assert job.counts["new"] == len(lines) + 3


@DOORS
@pytest.mark.parametrize("place", range(len(rows())))
def test_a_wrong_row_is_refused_alike_alone(made, desk, place):
    communes_of_the_table()
    row, verdict = rows()[place]
    if verdict == "duplicate_id":
        return  # takes two rows

    job = upload_import(KIND, made([row]), by=desk)

    assert told(job) == expected([(row, verdict)])
    assert job.state == (Import.State.WAITING if verdict in (OK, NOTED) else Import.State.FAULTY)


def taken(job):
    """All findings: number, column, rule."""
    found = job.problems.order_by("number", "pk")
    return list(found.values_list("number", "label", "rule"))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"cap": "huyen"}, "level_mismatch"),
        ({"cap": "nuoc"}, "unknown_unit"),
        ({"ngheo_phat_sinh": 21}, "parts_exceed_total"),
        ({"tong_ho": 84}, "parts_exceed_total"),
        ({"ty_le_can_ngheo": 2.01}, "rate_mismatch"),
        ({"ty_le_can_ngheo": 0.02}, "rate_scale"),
        ({"ma": "8731"}, "leading_zero_lost"),
    ],
)
def test_further_rules_of_a_row(desk, change, rule):
    communes_of_the_table()
    blank = {"ty_le_ngheo": None} if "tong_ho" in change else {}
    row = GOOD | {"ma": "08731"} | blank | change

    job = upload_import(KIND, csv_([row]), by=desk)

    assert rule in set(job.problems.values_list("rule", flat=True))


@pytest.mark.parametrize("rate", [0.8, 0.796, 0.8049, None])
def test_a_rate_may_differ_by_what_rounding_explains(desk, rate):
    """20 of 2,500 are 0.8 percent: from 0.795 to 0.805 two decimals say the same."""
    communes_of_the_table()

    job = upload_import(KIND, csv_([GOOD | {"ty_le_ngheo": rate}]), by=desk)

    assert taken(job) == []


def test_a_code_means_the_unit_that_carries_it_at_the_end_of_the_year(desk, district):
    old = CommuneFactory(code="08707", parent=district, valid_to="2025-07-01")
    new = CommuneFactory(code="08707", parent=district, valid_from="2025-07-01")
    lines = [line(old, nam=2024), line(new, nam=2025)]

    confirm_import(upload_import(KIND, csv_(lines), by=desk), by=desk)

    found = PovertyTally.objects.filter(unit__in=(old, new)).order_by("year")
    assert list(found.values_list("unit", "year")) == [(old.pk, 2024), (new.pk, 2025)]


def test_years_still_to_come_are_doubted_once(desk, district, stop_clock):
    stop_clock(2023, 12, 20, 8)
    lines = [line(unit, nam=year) for unit in district.communes for year in (2023, 2024, 2025)]

    job = upload_import(KIND, csv_(lines), by=desk)

    assert taken(job) == [(0, "Năm", "future_year"), (0, "Năm", "future_year")]
    assert job.state == Import.State.WAITING


# Rows of sums


DOUBLED = {head: 2 * value for head, value in GOOD.items() if isinstance(value, int)}
DOUBLED |= {"nam": 2023, "ty_le_ngheo": None, "ty_le_can_ngheo": None}


def table(district, **figures):
    """Two communes, and their district, province and country as their sums, but for ``figures``."""
    wholes = [
        {"cap": "huyen", "ma": district.code},
        {"cap": "tinh", "ma": "26"},
        {"cap": "nuoc", "ma": "00"},
    ]
    parts = [line(unit) for unit in district.communes]
    return [*parts, *(GOOD | DOUBLED | whole | figures for whole in wholes)]


def test_right_sums_are_taken_and_not_written(desk, district):
    job = upload_import(KIND, csv_(table(district)), by=desk)

    assert taken(job) == []
    assert (job.counts["new"], job.counts["same"]) == (2, 3)
    confirm_import(job, by=desk)
    written = PovertyTally.objects.values_list("unit", flat=True)
    assert set(written) == {unit.pk for unit in district.communes}


def test_a_sum_that_its_communes_do_not_make_is_told_with_both_numbers(desk, district):
    job = upload_import(KIND, csv_(table(district, ho_ngheo=41)), by=desk)

    found = job.problems.filter(rule="sum_mismatch", blocking=True).order_by("number")
    assert [(problem.number, problem.label) for problem in found] == [
        (4, "Hộ nghèo"), (5, "Hộ nghèo"), (6, "Hộ nghèo"),
    ]  # fmt: skip
    assert f"{district.name}, năm 2023: “Hộ nghèo” ghi 41, cộng các xã được 40" in found[0].message


def test_communes_that_the_file_leaves_out_are_taken_from_what_is_on_file(desk, district):
    first, second = district.communes
    confirm_import(upload_import(KIND, csv_([line(second, ho_ngheo=21)]), by=desk), by=desk)
    lines = [line(first), *table(district, ho_ngheo=41)[2:]]

    assert taken(upload_import(KIND, csv_(lines), by=desk)) == []


def test_a_sum_whose_communes_are_not_all_known_is_doubted_only(desk, district):
    lines = table(district)[1:]

    job = upload_import(KIND, csv_(lines), by=desk)

    assert {rule for _, _, rule in taken(job)} == {"sum_unchecked"}
    assert job.state == Import.State.WAITING
    assert "1 xã chưa có số liệu" in job.problems.first().message


# Writing and taking back


def figures(unit, year=2023):
    tally = PovertyTally.objects.get(unit=unit, year=year, origin="statement")
    return tally.households, tally.poor, tally.source


def test_new_changed_and_same_rows_are_written_and_put_back(desk, district):
    (first, second), village = district.communes, district.village
    lines = [line(first), line(second), line(village, tong_ho=300)]
    before = confirm_import(upload_import(KIND, csv_(lines[:2]), by=desk), by=desk)

    lines[1] |= {"ho_ngheo": 22}
    job = confirm_import(upload_import(KIND, csv_(lines), by=desk), by=desk)

    assert {name: job.counts[name] for name in ("new", "changed", "same")} == {
        "new": 1, "changed": 1, "same": 1,
    }  # fmt: skip
    assert figures(first) == (2500, 20, before)
    assert figures(second) == (2500, 22, job)
    assert figures(village) == (300, 20, job)
    assert set(PovertyTally.objects.values_list("standard__code", flat=True)) == {"2022-2025"}

    undo_import(job, by=desk)

    assert figures(second) == (2500, 20, before)
    assert not PovertyTally.objects.filter(unit=village).exists()


def test_counts_from_the_list_of_households_are_not_touched(desk, district):
    counted = PovertyTallyFactory(unit=district.communes[0], origin="register", poor=19)

    confirm_import(upload_import(KIND, csv_([line(district.communes[0])]), by=desk), by=desk)

    counted.refresh_from_db()
    assert counted.poor == 19
    assert figures(district.communes[0])[1] == 20


def test_what_a_later_file_wrote_over_is_not_undone(desk, district):
    unit = district.communes[0]
    first = confirm_import(upload_import(KIND, csv_([line(unit)]), by=desk), by=desk)
    confirm_import(upload_import(KIND, csv_([line(unit, ho_ngheo=21)]), by=desk), by=desk)

    with pytest.raises(RuleViolation, match="tệp nhập sau thay"):
        undo_import(first, by=desk)


def test_the_template_brings_the_units_of_the_year_with_their_figures(desk, district, stop_clock):
    stop_clock(2023, 12, 20, 8)
    unit = district.communes[0]
    confirm_import(upload_import(KIND, csv_([line(unit)]), by=desk), by=desk)

    lines = list(KIND.rows({}, desk))

    assert [one["code"] for one in lines] == [
        unit.code, district.village.code, district.communes[1].code,
    ]  # fmt: skip
    assert (lines[0]["level"], lines[0]["year"], lines[0]["poor"]) == ("xa", 2023, 20)
    assert "poor" not in lines[2]


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.POVERTY_DESK}))
def test_only_the_desk_brings_a_table_in(role, province):
    with pytest.raises(RuleViolation, match="Chỉ cán bộ theo dõi giảm nghèo"):
        upload_import(KIND, csv_([GOOD]), by=person(role, province))


@pytest.mark.parametrize("number", [1, 3])
def test_judging_costs_the_same_for_any_number_of_rows(
    desk, province, django_assert_num_queries, number
):
    district = DistrictFactory(parent=province)
    lines = [_plain(line(CommuneFactory(parent=district))) for _ in range(number)]

    with django_assert_num_queries(5):
        found = road.verdict(KIND, {}, lines, desk)

    assert [one.verdict for one in found] == ["new"] * number


def _plain(row):
    """The row by the names of the columns."""
    heads = KIND.definition({}).heads
    return {heads[head].name: value for head, value in row.items()}
