"""Codes of households belong to their commune: by hand and by file, whatever units have become."""

from datetime import date

import pytest

from config.workflow import RuleViolation
from tests.factories.households import HouseholdFactory, as_csv, make_list, two_communes
from tests.factories.poverty import both_standards
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from units.actions import upload_import
from units.actions.households import save_household
from units.households.codes import Codes, commune_codes
from units.households.places import Places
from units.imports.kind import kind_of
from units.kinds import Kind, Role
from units.models import Household, Import, Unit

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()


@pytest.fixture
def communes():
    return two_communes()


def ended(*units):
    for unit in units:
        unit.valid_to = DAY
        unit.save()


def followed(old, new, way="merge"):
    SuccessionFactory(predecessor=old, successor=new, date=DAY, way=way)


def uploaded(rows, by=None, **options):
    return upload_import(kind_of("ho"), as_csv(rows), by=by, options=options)


# Which codes


@pytest.fixture
def merged(communes):
    """Both communes become one with a new code; the first village lives on in it."""
    (one, villages), (other, _) = communes
    ended(one, other, villages[0])
    new = CommuneFactory(code="08999", valid_from=DAY)
    heir = VillageFactory(code=villages[0].code, parent=new, valid_from=DAY)
    followed(one, new)
    followed(other, new)
    followed(villages[0], heir, "transfer")
    return new, heir


@pytest.fixture
def parted(communes):
    """The first commune is split; its first village lives on in one of the parts."""
    commune, villages = communes[0]
    ended(commune, villages[0])
    parts = [CommuneFactory(code=f"0899{number}", valid_from=DAY) for number in (1, 2)]
    for part in parts:
        followed(commune, part, "split")
    heir = VillageFactory(code=villages[0].code, parent=parts[0], valid_from=DAY)
    followed(villages[0], heir, "transfer")
    return parts[0], heir


def test_a_village_bears_the_codes_of_its_commune(communes):
    commune, villages = communes[0]

    assert commune_codes(villages[0]) == commune_codes(commune) == ["08707"]


def test_a_commune_bears_the_codes_of_those_it_took_over_whole_too(merged):
    new, heir = merged

    assert commune_codes(heir) == commune_codes(new) == ["08999", "08707", "08710"]


def test_of_a_split_commune_only_its_villages_keep_the_codes(parted):
    part, heir = parted

    assert commune_codes(part) == ["08991"]
    assert commune_codes(heir) == ["08991", "08707"]
    assert commune_codes(VillageFactory(parent=part, valid_from=DAY)) == ["08991"]


@pytest.mark.parametrize("history", ["merged", "parted"])
def test_a_list_is_told_the_same_of_every_village(history, request):
    _, heir = request.getfixturevalue(history)
    places = Places([2025], date(2026, 3, 2))
    codes = Codes(places)

    found = {life.pk: codes.of(places.at(life.pk)) for life in places}

    villages = Unit.objects.filter(kind=Kind.VILLAGE).select_related("parent")
    assert found == {village.pk: commune_codes(village) for village in villages}
    assert codes.fit(places.at(heir.pk), "0870712345")
    assert not codes.fit(places.at(heir.pk), "0870812345")


# By hand


def test_nobody_holds_a_code_against_another_commune(communes):
    (_, villages), (other, _) = communes

    with pytest.raises(RuleViolation, match=r"5 chữ số đầu phải là mã xã của hộ \(08707\)"):
        save_household(
            Household(code="0871000001", head="Ngô Văn Ẩn", unit=villages[0]),
            by=person(Role.REPORTER, villages[0]),
        )


def test_the_form_does_not_tell_which_codes_others_use(communes):
    (_, villages), (_, theirs) = communes
    HouseholdFactory(code="0871000002", unit=theirs[0])
    by, told = person(Role.REPORTER, villages[0]), []

    for code in ("0871000002", "0871000003"):
        with pytest.raises(RuleViolation) as refusal:
            save_household(Household(code=code, head="Ngô Văn Ẩn", unit=villages[0]), by=by)
        told.append(refusal.value.args)

    assert told[0] == told[1]


def test_a_household_of_before_keeps_its_code_when_its_name_is_corrected(communes):
    household = HouseholdFactory(code="0871000002", unit=communes[0][1][0])
    household.head = "Ngô Văn Ẩn"

    save_household(household, by=None)
    household.unit = communes[0][1][1]
    with pytest.raises(RuleViolation, match="5 chữ số đầu"):
        save_household(household, by=None)


# By file


def foreign(rows, code="08710"):
    return [row | {"ma_ho": f"{code}{row['ma_ho'][5:]}"} for row in rows]


@pytest.mark.parametrize("whose", ["commune", "desk"])
def test_a_list_with_codes_of_another_commune_is_refused_row_by_row(communes, whose):
    (commune, villages), (_, theirs) = communes
    HouseholdFactory(code="0871000002", unit=theirs[0])
    user = (
        person(Role.REPORTER, commune)
        if whose == "commune"
        else person(Role.POVERTY_DESK, DepartmentFactory())
    )
    options = {"xa": commune.pk} if whose == "commune" else {}

    job = uploaded(foreign(make_list(villages, 3)), user, **options)

    assert job.state == Import.State.FAULTY
    assert [(told.number, told.rule, told.label) for told in job.problems.order_by("number")] == [
        (number, "foreign_code", "Mã hộ") for number in (2, 3, 4)
    ]
    assert len(set(job.problems.values_list("message", flat=True))) == 1
    assert "(08707)" in job.problems.first().message


@pytest.mark.parametrize("history", ["merged", "parted"])
def test_codes_of_before_come_in_with_the_village_that_brought_them(history, request):
    commune, heir = request.getfixturevalue(history)
    rows = [row | {"ma_ho": f"08707{row['ma_ho'][5:]}"} for row in make_list([heir], 5)]

    job = uploaded(rows)

    assert job.state == Import.State.WAITING
    assert uploaded(make_list([heir], 5)).state == Import.State.WAITING
