"""Cases of commendation in which register and law change midway, under the shipped law.

A district's last decision, a household whose commune was merged, a dossier between two decrees.
"""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from awards import actions
from awards.eligibility import findings_of
from awards.models import Honour, RuleSet
from awards.states import NominationState
from config.workflow import RuleViolation
from tests.factories.households import HouseholdFactory
from tests.factories.persons import PersonFactory
from tests.journeys.commending import (
    agreed,
    appraised,
    at,
    decided,
    moved,
    proposed,
    round_of,
    seated,
    sent,
    unit,
)
from units.kinds import Role
from units.models import Unit, User

JUNE, JULY, AUGUST = date(2025, 6, 2), date(2025, 7, 1), date(2025, 8, 5)
DISTRICT, COMMUNE, OTHER = "252", "09094", "09097"


@pytest.fixture(autouse=True)
def _shipped(db):
    call_command("load_register", verbosity=0)
    call_command("load_plan", verbosity=0)


def refused(act) -> str:
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


def anew(row):
    return type(row).objects.get(pk=row.pk)


def sees(client, user, address) -> bool:
    client.force_login(user)
    return client.get(address).status_code == 200


# The district's last days


@pytest.fixture
def last_days(stop_clock):
    """A district's round on two of its communes, before its council on 20 June 2025."""
    stop_clock(2025, 6, 2, 9)
    district = unit(DISTRICT, JUNE)
    leader = seated(Role.LEADER, district)
    communes = list(Unit.objects.as_of(JUNE).filter(parent=district, kind="commune")[:2])
    round = round_of(district, "GK-HUYEN", by=leader, due=date(2025, 6, 15))
    rows = [
        sent(round, "collective", place, place, by=seated(Role.LEADER, place)) for place in communes
    ]
    rows = [appraised(row, by=leader) for row in rows]
    return round, rows, leader


def of_the_board(day) -> User:
    return seated(Role.BOARD, unit("BTDKT", day))


def test_the_district_decides_on_its_last_day_and_nobody_for_it_afterwards(
    last_days, stop_clock, client
):
    round, (first, second), leader = last_days
    agreed(round, [first, second], by=leader, at=at(2025, 6, 20, 8))
    stop_clock(2025, 6, 30, 9)
    made = [proposed(round, [row], by=leader, number=f"{row.pk}/TTr") for row in (first, second)]
    decision = decided(made[0], by=leader)
    assert (decision.office, decision.unit, decision.rule_set.code) == (
        "district", round.unit, "nd-98-2023",
    )  # fmt: skip

    stop_clock(2025, 7, 1, 9)
    board = of_the_board(JULY)
    assert "Chỉ lãnh đạo" in refused(lambda: decided(made[1], by=leader, number="16/QĐ-UBND"))
    told = refused(lambda: decided(made[1], by=board, number="16/QĐ-UBND"))
    assert "chỉ đến hết 30/06/2025" in told
    assert anew(second).state == NominationState.PROPOSED
    assert not sees(client, leader, decision.get_absolute_url())
    assert sees(client, board, decision.get_absolute_url())


def test_what_the_district_signed_is_entered_handed_over_and_revoked_by_the_board(
    last_days, stop_clock
):
    round, (first, second), leader = last_days
    agreed(round, [first, second], by=leader, at=at(2025, 6, 20, 8))
    stop_clock(2025, 6, 30, 9)
    signed = proposed(round, [first, second], by=leader)
    stop_clock(2025, 7, 2, 9)
    board = of_the_board(JULY)

    decision = decided(signed, by=board, on=date(2025, 6, 30))
    lines = decision.lines.all()
    actions.present(lines.filter(nomination=first), presented_on=date(2025, 7, 2), by=board)
    told = {"number": "1/QĐ", "decided_on": date(2025, 7, 2), "signer": "Lê Văn Ký"}
    actions.revoke_awards(lines.filter(nomination=second), reason="Kê khai sai", by=board, **told)

    assert [anew(row).state for row in (first, second)] == ["presented", "revoked"]
    assert {line.unit for line in lines} == {first.unit, second.unit}


# A merger between nomination and decision


@pytest.mark.parametrize("ended", ["at the district", "at the board"])
def test_a_household_of_a_merged_commune_is_honoured_at_the_heir(ended, stop_clock, client):
    stop_clock(2024, 12, 2, 9)
    day = date(2024, 12, 2)
    old, district = unit(COMMUNE, day), unit(DISTRICT, day)
    board, above = seated(Role.BOARD, unit("BTDKT", day)), seated(Role.LEADER, district)
    round = round_of(unit("26", day), "BK-TINH", by=board, due=date(2024, 12, 31))
    leader = seated(Role.LEADER, old)
    house = HouseholdFactory(unit=old, head="Nguyễn Thị Hòa")
    row = sent(round, "household", house, old, by=leader)
    assert row.desk == district
    if ended == "at the board":
        row = actions.take_nomination_step(row, "endorse", by=above)

    stop_clock(2025, 1, 6, 9)
    new = unit(OTHER, date(2025, 1, 6))
    heir, stranger = seated(Role.LEADER, new), seated(Role.LEADER, unit("09112", date(2025, 1, 6)))
    page = row.get_absolute_url()
    assert (row.proposer, sees(client, heir, page), sees(client, stranger, page)) == (
        old, True, False,
    )  # fmt: skip
    assert not sees(client, leader, page)
    found = [each.sentence for each in findings_of(row, today=date(2025, 1, 6))]
    assert f"{old.name} sáp nhập vào {new.name} từ 01/01/2025." in found
    if ended == "at the district":
        row = actions.take_nomination_step(row, "endorse", by=above)
    row = appraised(row, by=board)
    agreed(round, [row], by=board, at=at(2025, 2, 3, 8))
    stop_clock(2025, 2, 5, 9)
    decision = decided(proposed(round, [row], by=board), by=board)

    line = decision.lines.get()
    assert (line.name, line.unit, line.honour.unit) == ("Hộ ông/bà Nguyễn Thị Hòa", new, new)
    assert line.address.startswith(old.name)
    address = reverse("reports:award_certificates", args=[decision.pk])
    client.force_login(board)
    assert client.get(address)["Content-Type"] == "application/pdf"
    client.logout()
    shown = client.get(reverse("awards:check_code", args=[line.check_code])).content.decode()
    assert decision.number in shown


def test_a_returned_dossier_of_a_merged_commune_is_mended_by_the_heir(stop_clock):
    stop_clock(2024, 12, 2, 9)
    day = date(2024, 12, 2)
    old = unit(COMMUNE, day)
    board = seated(Role.BOARD, unit("BTDKT", day))
    round = round_of(unit("26", day), "BK-TINH", by=board, due=date(2024, 12, 31))
    leader, above = seated(Role.LEADER, old), seated(Role.LEADER, unit(DISTRICT, day))
    row = sent(round, "household", HouseholdFactory(unit=old), old, by=leader)
    row = actions.take_nomination_step(row, "return", by=above, note="Thiếu số liệu")
    stop_clock(2025, 1, 6, 9)
    leader = moved(leader, Role.LEADER, unit(OTHER, date(2025, 1, 6)))

    row = actions.take_nomination_step(row, "submit", by=leader)

    assert (row.state, row.desk) == ("submitted", above.appointments.get().unit)
    assert row.rule_set.code == "nd-98-2023"


def test_a_dossier_left_at_an_ended_commune_goes_on_without_its_district(stop_clock):
    """Sent on the last day of June: neither commune nor district nor province stand in July."""
    stop_clock(2025, 6, 30, 9)
    day = date(2025, 6, 30)
    old = Unit.objects.as_of(day).filter(parent=unit(DISTRICT, day), kind="commune").first()
    board = seated(Role.BOARD, unit("BTDKT", day))
    round = round_of(unit("26", day), "BK-TINH", by=board, due=day)
    whom = PersonFactory(unit=old, name="Trần Thị Ấm")
    row = sent(round, "person", whom, old, by=seated(Role.LEADER, old))
    assert row.rule_set.code == "nd-98-2023"

    stop_clock(2025, 8, 5, 9)
    board = moved(board, Role.BOARD, unit("BTDKT", AUGUST))
    row = actions.take_nomination_step(row, "endorse", by=board)
    row = appraised(row, by=board)
    agreed(round, [row], by=board, at=at(2025, 8, 20, 8))
    stop_clock(2025, 8, 25, 9)
    decision = decided(proposed(round, [row], by=board), by=board)

    line = decision.lines.get()
    assert (row.rule_set.code, decision.rule_set.code) == ("nd-98-2023", "nd-152-2025")
    assert (line.unit, line.paid) == (old.handovers.get().successor, 3_510_000)
    assert (decision.unit.code, decision.unit.valid_from) == ("25", JULY)
    assert RuleSet.objects.filter(sealed_at__isnull=False).count() == 2
    assert Honour.objects.get().unit == line.unit
