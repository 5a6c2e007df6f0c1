"""Plan figures by file: the same rules and log as by hand, blanks that take a figure away, undo."""

import csv
import io
from decimal import Decimal

import pytest

from config.workflow import RuleViolation
from tests.factories.poverty import PovertyPlanFactory, both_standards
from tests.factories.units import (
    CommuneFactory,
    DistrictFactory,
    ProvinceFactory,
    VillageFactory,
    person,
)
from units.actions import confirm_import, set_plan, undo_import, upload_import
from units.imports.plans import Plans
from units.kinds import Role
from units.models import Import, LogEntry, PovertyPlan

pytestmark = pytest.mark.django_db
KIND, OPTIONS = Plans(), {"nam": 2023}
BASIS = "QĐ 12/QĐ-UBND"


@pytest.fixture(autouse=True)
def _december(stop_clock):
    stop_clock(2023, 12, 20, 8)
    both_standards()


@pytest.fixture
def district():
    return DistrictFactory(parent=ProvinceFactory())


@pytest.fixture
def desk(district):
    return person(Role.POVERTY_DESK, district.parent)


def row(unit, figure="0.35", basis=BASIS, **changes):
    line = {"Năm": 2023, "Mã đơn vị": unit.code, "Xã, thôn": unit.name}
    line |= {"Chỉ tiêu giảm tỷ lệ hộ nghèo (điểm %)": figure, "Văn bản giao chỉ tiêu": basis}
    return line | changes


def read(desk, *lines):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    file = io.BytesIO(out.getvalue().encode())
    file.name = "chi-tieu.csv"
    return upload_import(KIND, file, by=desk, options=OPTIONS)


def told(job):
    found = job.problems.filter(blocking=True).order_by("number", "pk")
    return list(found.values_list("number", "rule"))


def figures():
    return dict(PovertyPlan.objects.values_list("unit", "rate_reduction"))


def test_communes_and_villages_get_their_figures_each_with_its_document(desk, district):
    commune = CommuneFactory(parent=district)
    village = VillageFactory(parent=commune, code="0870701")

    confirm_import(read(desk, row(commune), row(village, "0.5", "QĐ 9")), by=desk)

    assert figures() == {commune.pk: Decimal("0.35"), village.pk: Decimal("0.50")}
    assert PovertyPlan.objects.get(unit=village).basis == "QĐ 9"
    entries = LogEntry.objects.filter(action="set_plan").order_by("pk")
    assert [entry.unit for entry in entries] == [commune, village]


def test_set_changed_same_and_taken_away_are_told_apart_and_put_back(desk, district):
    new, changed, same, gone, never = (CommuneFactory(parent=district) for _ in range(5))
    for unit, figure in ((changed, "0.20"), (same, "0.35"), (gone, "0.40")):
        PovertyPlanFactory(unit=unit, rate_reduction=figure, basis=BASIS)

    job = read(desk, *map(row, (new, changed, same)), row(gone, "", ""), row(never, "", ""))

    verdicts = dict(job.rows.values_list("unit", "verdict"))
    assert verdicts == {
        new.pk: "changed",
        changed.pk: "changed",
        same.pk: "same",
        gone.pk: "changed",
        never.pk: "same",
    }
    confirm_import(job, by=desk)
    assert figures() == dict.fromkeys((new.pk, changed.pk, same.pk), Decimal("0.35"))

    undo_import(Import.objects.get(pk=job.pk), by=desk)
    assert figures() == {
        changed.pk: Decimal("0.20"), same.pk: Decimal("0.35"), gone.pk: Decimal("0.40"),
    }  # fmt: skip


def test_a_document_alone_may_change(desk, district):
    commune = CommuneFactory(parent=district)
    PovertyPlanFactory(unit=commune, rate_reduction="0.35", basis="QĐ cũ")

    confirm_import(read(desk, row(commune)), by=desk)

    assert PovertyPlan.objects.get().basis == BASIS


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"Mã đơn vị": "99999"}, "unknown_unit"),
        ({"Mã đơn vị": ""}, "missing_code"),
        ({"Năm": 2022}, "wrong_year"),
        ({"Xã, thôn": "Xã Khác"}, "name_mismatch"),
        ({"Chỉ tiêu giảm tỷ lệ hộ nghèo (điểm %)": "-1"}, "negative"),
        ({"Chỉ tiêu giảm tỷ lệ hộ nghèo (điểm %)": "101"}, "out_of_range"),
        ({"Chỉ tiêu giảm tỷ lệ hộ nghèo (điểm %)": "0,35"}, "number_as_text"),
        ({"Văn bản giao chỉ tiêu": ""}, "missing_value"),
    ],
)
def test_a_wrong_row_is_refused_by_its_rule(desk, district, change, rule):
    commune = CommuneFactory(parent=district)

    assert told(read(desk, row(commune, **change))) == [(2, rule)]


def test_a_district_and_a_unit_that_is_gone_are_no_units_of_the_plan(desk, district):
    gone = CommuneFactory(parent=district, code="08734", valid_to="2023-04-10")

    assert told(read(desk, row(district), row(gone))) == [
        (2, "level_mismatch"), (3, "dissolved_unit"),
    ]  # fmt: skip


def test_a_figure_set_by_hand_since_is_not_undone(desk, district):
    commune = CommuneFactory(parent=district)
    job = confirm_import(read(desk, row(commune)), by=desk)
    set_plan(commune, 2023, Decimal("0.10"), by=desk, basis="QĐ 1")

    with pytest.raises(RuleViolation, match=f"Chỉ tiêu của {commune.name} đã được sửa sau"):
        undo_import(job, by=desk)


def test_the_template_lists_communes_with_their_villages_and_what_is_on_file(desk, district):
    commune = CommuneFactory(parent=district)
    village = VillageFactory(parent=commune)
    PovertyPlanFactory(unit=village, rate_reduction="0.40", basis=BASIS)

    lines = list(KIND.rows(OPTIONS, desk))

    assert [(line["code"], line["rate_reduction"], line["basis"]) for line in lines] == [
        (commune.code, None, ""),
        (village.code, Decimal("0.40"), BASIS),
    ]


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.POVERTY_DESK}))
def test_only_the_desk_brings_plans_in(district, role):
    commune = CommuneFactory(parent=district)

    with pytest.raises(RuleViolation, match="Chỉ cán bộ theo dõi giảm nghèo"):
        read(person(role, district.parent), row(commune))


@pytest.mark.parametrize("rows", [1, 3])
def test_judging_costs_the_same_for_any_number_of_rows(
    desk, district, django_assert_num_queries, rows
):
    lines = [
        {"year": 2023, "code": CommuneFactory(parent=district).code, "name": "",
         "rate_reduction": Decimal("0.3"), "basis": BASIS}
        for _ in range(rows)
    ]  # fmt: skip

    with django_assert_num_queries(2):
        around = KIND.surroundings(OPTIONS, desk)
        assert [list(KIND.judge(line, around)) for line in lines] == [[]] * rows
        KIND.on_file([KIND.key(line) for line in lines], around)
