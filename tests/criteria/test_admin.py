"""The catalogues in the admin: administrators only, through the action, opened sets closed."""

import pytest
from django.contrib.admin.models import LogEntry as AdminLog
from django.urls import reverse

from config.workflow import RuleViolation
from criteria.actions.catalogue import save_catalogue
from criteria.models import BlockMember, Criterion, Indicator, Item
from tests.factories.criteria import (
    BlockFactory,
    BlockMemberFactory,
    IndicatorFactory,
    ItemFactory,
    opened,
    set_of,
)
from tests.factories.units import CommuneFactory, person
from units.kinds import Role
from units.models import LogEntry


@pytest.fixture
def administrator(year):
    return person(Role.ADMINISTRATOR, year.province, is_staff=True)


@pytest.fixture
def made(year):
    return set_of(2, campaign=year.campaign)


def change_of(obj):
    return reverse(f"admin:criteria_{obj._meta.model_name}_change", args=[obj.pk])


def form_of(client, url):
    """The fields of the admin page as a browser would send them back."""
    page = client.get(url)
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {
        bound.html_name: "" if bound.value() is None else bound.value()
        for form in forms
        for bound in form
    }


def test_an_administrator_corrects_a_criterion_with_its_parts(client, made, administrator):
    criterion = made.criteria.first()
    item = ItemFactory(criterion=criterion, statement="Cũ")
    client.force_login(administrator)
    data = form_of(client, change_of(criterion)) | {
        "statement": "Nội dung đã sửa.",
        "items-0-statement": "Mới",
    }

    response = client.post(change_of(criterion), data)

    assert response.status_code == 302
    criterion.refresh_from_db()
    item.refresh_from_db()
    assert (criterion.statement, item.statement) == ("Nội dung đã sửa.", "Mới")
    entry = LogEntry.objects.get(action="correct_criterion")
    assert (entry.by, list(entry.changes)) == (administrator, ["statement"])
    assert AdminLog.objects.exists()


def test_points_are_not_set_here(client, made, administrator):
    client.force_login(administrator)

    assert "points" not in form_of(client, change_of(made.criteria.first()))


def test_a_set_that_units_have_opened_is_shown_and_not_changed(
    client, made, unit, year, administrator
):
    opened(unit, year.period)
    criterion = made.criteria.first()
    client.force_login(administrator)

    for obj in (made, criterion):
        page = client.get(change_of(obj))
        assert page.status_code == 200
        assert "_save" not in page.content.decode()
        assert client.post(change_of(obj), {"statement": "x"}).status_code == 403
    with pytest.raises(RuleViolation, match="hãy lập phiên bản mới"):
        save_catalogue(Item(criterion=criterion, position=9, statement="x"), by=administrator)


def test_an_indicator_is_made_for_chosen_tiers(client, year, administrator):
    client.force_login(administrator)
    data = {
        "campaign": year.campaign.pk,
        "code": "so-ho",
        "position": 1,
        "section": "ket-qua",
        "label": "Số hộ",
        "unit": "hộ",
        "kind": "integer",
        "rollup": "sum",
        "tiers": ["district", "commune"],
    }

    client.post(reverse("admin:criteria_indicator_add"), data)

    assert Indicator.objects.get().tiers == ["district", "commune"]


def test_the_code_of_an_indicator_stays(client, administrator):
    indicator = IndicatorFactory()
    client.force_login(administrator)

    assert "code" not in form_of(client, change_of(indicator))


def test_a_block_takes_units_of_its_tier_only(client, year, unit, administrator):
    block = BlockFactory(campaign=year.campaign)
    client.force_login(administrator)
    blank = form_of(client, change_of(block)) | {"members-TOTAL_FORMS": 1}
    commune = CommuneFactory(parent=unit)

    refused = blank | {"members-0-unit": commune.pk, "members-0-starts": "01/01/2023"}
    client.post(change_of(block), refused)
    assert not BlockMember.objects.exists()

    client.post(change_of(block), refused | {"members-0-unit": unit.pk})
    assert BlockMember.objects.get().unit == unit


def test_a_unit_stands_in_one_block_at_a_time(year, unit, administrator):
    BlockMemberFactory(block=BlockFactory(campaign=year.campaign), unit=unit)
    other = BlockFactory(campaign=year.campaign)

    with pytest.raises(RuleViolation, match="Đơn vị đang thuộc một cụm, khối khác"):
        save_catalogue(
            BlockMember(block=other, unit=unit, starts=year.period.starts), by=administrator
        )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_other_roles_keep_no_catalogue(client, made, year, role):
    other = person(role, year.board, is_staff=True)
    client.force_login(other)

    assert client.get(change_of(made)).status_code == 403
    with pytest.raises(RuleViolation, match="Chỉ quản trị hệ thống"):
        save_catalogue(made, by=other)


def test_nothing_is_deleted_here(client, made, administrator):
    client.force_login(administrator)
    criterion = made.criteria.first()

    url = reverse("admin:criteria_criterion_delete", args=[criterion.pk])

    assert client.post(url, {"post": "yes"}).status_code == 403
    assert Criterion.objects.filter(pk=criterion.pk).exists()
