"""Standards and plan figures: who sets them, what is refused, what the log keeps."""

from decimal import Decimal

import pytest

from config.workflow import RuleViolation
from tests.factories.poverty import PovertyPlanFactory, both_standards, two_districts
from tests.factories.units import CommuneFactory, DistrictFactory, ProvinceFactory, person
from units.actions import load_standards, set_plan, set_plans
from units.kinds import Role
from units.models import LogEntry, PovertyPlan, PovertyStandard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _december(stop_clock):
    stop_clock(2023, 12, 20, 8)


@pytest.fixture
def communes(db):
    both_standards()
    _, ((_, first), (_, second)) = two_districts()
    return [*first, *second]


@pytest.fixture
def desk(communes):
    return person(Role.POVERTY_DESK, communes[0].parent.parent)


def entries(action):
    return LogEntry.objects.filter(action=action).order_by("pk")


# Standards


def test_standards_come_in_once_and_keep_what_was_corrected_since():
    assert load_standards() == 2
    PovertyStandard.objects.filter(code="2022-2025").update(last_year=2027)

    assert load_standards() == 0
    assert list(PovertyStandard.objects.values_list("code", "last_year").order_by("code")) == [
        ("2016-2020", 2021),
        ("2022-2025", 2027),
    ]
    assert entries("create_povertystandard").count() == 2


# Plans


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.POVERTY_DESK}))
def test_nobody_else_sets_plans(communes, role):
    other = person(role, communes[0].parent.parent)

    with pytest.raises(RuleViolation, match="Chỉ cán bộ theo dõi giảm nghèo"):
        set_plan(communes[0], 2023, Decimal("0.3"), by=other, basis="QĐ 1")


def test_plans_are_set_changed_and_taken_away_with_a_log_row_each(desk, communes):
    a, b, c, _ = communes
    PovertyPlanFactory(unit=b, rate_reduction="0.20")
    PovertyPlanFactory(unit=c, rate_reduction="0.40")

    figures = {a: Decimal("0.35"), b: Decimal("0.20"), c: None}
    assert set_plans(2023, figures, by=desk, basis="  QĐ 12/QĐ-UBND ") == 2

    assert list(PovertyPlan.objects.values_list("unit", "rate_reduction", "basis")) == [
        (b.pk, Decimal("0.20"), "Quyết định giao chỉ tiêu thử nghiệm"),
        (a.pk, Decimal("0.35"), "QĐ 12/QĐ-UBND"),
    ]
    assert entries("set_plan").get().changes["rate_reduction"] == ["", "0.35"]
    assert entries("remove_plan").get().unit == c


@pytest.mark.parametrize(
    ("figure", "basis", "says"),
    [
        (Decimal("-0.1"), "QĐ 1", "điểm %"),
        (Decimal("100.01"), "QĐ 1", "điểm %"),
        (Decimal("0.3"), " ", "Căn cứ"),
    ],
)
def test_one_impossible_plan_keeps_all_out(desk, communes, figure, basis, says):
    figures = {communes[0]: Decimal("0.3"), communes[1]: figure}

    with pytest.raises(RuleViolation, match=says):
        set_plans(2023, figures, by=desk, basis=basis)

    assert not PovertyPlan.objects.exists()


@pytest.mark.parametrize("factory", [ProvinceFactory, DistrictFactory])
def test_only_communes_and_villages_are_given_this_figure(desk, factory):
    with pytest.raises(RuleViolation, match="giao cho cấp xã và thôn"):
        set_plan(factory(), 2023, Decimal("0.3"), by=desk, basis="QĐ 1")


def test_a_unit_that_is_gone_by_the_end_of_the_year_has_no_plan(desk):
    gone = CommuneFactory(valid_to="2023-04-10")
    gone.refresh_from_db()

    with pytest.raises(RuleViolation, match="không tồn tại vào 31/12/2023"):
        set_plan(gone, 2023, Decimal("0.3"), by=desk, basis="QĐ 1")
