"""The catalogues in the admin: administrators only, nothing deleted, every write logged."""

from datetime import date

import pytest
from django.urls import reverse

from awards.models import AwardForm
from campaign import actions
from campaign.models import (
    Campaign,
    Deadline,
    Duty,
    Extension,
    Goal,
    Passage,
    Period,
    Phase,
)
from config.workflow import RuleViolation
from tests.factories.awards import AwardFormFactory
from tests.factories.campaign import (
    CampaignFactory,
    DeadlineFactory,
    DutyFactory,
    ExtensionFactory,
    GoalFactory,
    PassageFactory,
    PeriodFactory,
    PhaseFactory,
)
from tests.factories.units import DepartmentFactory, person
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db
MODELS = {
    Campaign: CampaignFactory,
    Goal: GoalFactory,
    Passage: PassageFactory,
    Phase: PhaseFactory,
    Period: PeriodFactory,
    Duty: DutyFactory,
    Deadline: DeadlineFactory,
    Extension: ExtensionFactory,
    AwardForm: AwardFormFactory,
}
READ_ONLY = (Deadline, Extension)


@pytest.fixture
def administrator(client):
    user = person(Role.ADMINISTRATOR, DepartmentFactory(), is_staff=True)
    client.force_login(user)
    return user


def page(obj, name="change"):
    args = [obj.pk] if name in ("change", "delete") else []
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{name}", args=args)


def filled(client, url):
    """What the form of a page would send if nothing were changed."""
    form = client.get(url).context["adminform"].form
    data = {}
    for field in form:
        value = field.value()
        if hasattr(field.field.widget, "widgets"):
            parts = field.field.widget.decompress(value)
            data |= {f"{field.html_name}_{n}": part for n, part in enumerate(parts)}
        elif value is not None:
            data[field.html_name] = value
    return data


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_row_opens_for_administrators_and_is_never_deleted(model, administrator, client):
    row = MODELS[model]()

    assert client.get(page(row, "changelist")).status_code == 200
    assert client.get(page(row)).status_code == 200
    assert client.post(page(row, "delete"), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nobody_else_gets_in(model, client):
    row = MODELS[model]()
    client.force_login(person(Role.BOARD, DepartmentFactory(), is_staff=True))

    assert client.get(page(row, "changelist")).status_code == 403
    assert client.get(page(row)).status_code == 403


def test_a_correction_is_logged_with_old_and_new(administrator, client):
    goal = GoalFactory()
    data = filled(client, page(goal)) | {"statement": "Giảm  còn dưới\u00a00,4%.", "target": "0,4"}

    assert client.post(page(goal), data).status_code == 302

    goal.refresh_from_db()
    assert goal.statement == "Giảm còn dưới 0,4%."
    entry = LogEntry.objects.get(action="correct_goal")
    assert (entry.by, entry.object_id) == (administrator, goal.pk)
    assert entry.changes["target"] == ["0.50", "0.4"]
    assert set(entry.changes) == {"target", "statement"}


def test_saving_without_a_change_leaves_no_trace(administrator, client):
    phase = PhaseFactory()

    assert client.post(page(phase), filled(client, page(phase))).status_code == 302

    assert not LogEntry.objects.exists()


def test_the_key_of_a_row_stays(administrator, client):
    period = PeriodFactory()
    data = filled(client, page(period)) | {"code": "khac", "title": "Báo cáo năm 2023 (sửa)"}

    client.post(page(period), data)

    period.refresh_from_db()
    assert (period.code, period.title) == ("2023", "Báo cáo năm 2023 (sửa)")


def test_a_new_duty_can_be_entered(administrator, client):
    old = DutyFactory(ends=date(2025, 3, 1))
    unit = DepartmentFactory(parent=old.unit.parent)
    data = {
        "campaign": old.campaign_id,
        "kind": old.kind,
        "unit": unit.pk,
        "starts": "01/03/2025",
        "clause": "V.4",
        "basis": "Quyết định 1/QĐ-UBND",
        "confidence": "confirmed",
    }

    response = client.post(page(old, "add"), data)

    assert response.status_code == 302
    assert Duty.objects.get(starts=date(2025, 3, 1)).unit == unit
    assert LogEntry.objects.get().action == "create_duty"


def test_tiers_of_a_passage_are_ticked(administrator, client):
    passage = PassageFactory()
    data = filled(client, page(passage)) | {"tiers": ["village", "household"]}

    client.post(page(passage), data)

    passage.refresh_from_db()
    assert passage.tiers == ["village", "household"]


def test_a_row_that_breaks_a_rule_is_told_in_the_form(administrator, client):
    phase = PhaseFactory()
    data = filled(client, page(phase)) | {"ends": "31/12/2020"}

    response = client.post(page(phase), data)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors


@pytest.mark.parametrize("model", READ_ONLY)
def test_deadlines_and_leave_change_on_their_own_pages_only(model, administrator, client):
    row = MODELS[model]()

    assert client.post(page(row), {"note": "x", "reason": "x"}).status_code == 403


def test_the_action_refuses_whoever_is_no_administrator():
    goal = GoalFactory()
    goal.statement = "Khác"

    with pytest.raises(RuleViolation, match="Chỉ quản trị hệ thống"):
        actions.save_catalogue(goal, by=person(Role.BOARD, DepartmentFactory()))

    assert not LogEntry.objects.exists()
