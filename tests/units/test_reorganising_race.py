"""Two people at once: on PostgreSQL the second waits, and finds what the first has done."""

from datetime import date
from threading import Event
from time import sleep

import pytest
from django.db import connection

from config.workflow import RuleViolation
from tests.factories.reorganising import DAY, draft, merge, rename
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from tests.parallel import at_once
from tests.units.test_imports_villages import thon, upload
from units.actions import confirm_import, participant_lists, reorganising, save_unit
from units.actions.holding import REGISTER
from units.actions.reorganising import carrying
from units.imports.villages import Villages
from units.kinds import Kind, Role
from units.models import Reorganisation, Succession, Unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, DepartmentFactory())


@pytest.fixture
def pair():
    district = DistrictFactory()
    return [CommuneFactory(parent=district, code=f"9{n}001") for n in (1, 2)]


def test_one_draft_is_carried_out_once(admin, pair):
    made = draft(merge(*pair), by=admin)

    def act():
        return reorganising.carry_out(made, by=admin, version=made.version)

    found = at_once(act, act)

    assert sum(isinstance(each, RuleViolation) for each in found) == 1
    assert Unit.objects.as_of(DAY).filter(code=pair[0].code).count() == 1
    assert Succession.objects.count() == 2


def test_two_drafts_about_one_commune_are_not_both_carried_out(admin, pair):
    first = draft(merge(*pair, name="Xã Chung"), by=admin)
    second = draft(rename(pair[1], name="Phường Mới"), by=admin, number="Nghị quyết 2/NQ-HĐND")

    found = at_once(
        *(
            lambda each=each: reorganising.carry_out(each, by=admin, version=each.version)
            for each in (first, second)
        )
    )

    (refusal,) = [each for each in found if isinstance(each, RuleViolation)]
    assert "sổ đã ghi đơn vị kế thừa" in " ".join(refusal.args)
    assert pair[1].handovers.count() == 1


def test_nothing_is_put_under_a_unit_that_ends_meanwhile(admin, pair):
    """Either the village is there in time and goes along, or it is refused; never left over."""
    made = draft(merge(*pair), by=admin)
    village = Unit(
        code="V1", name="Thôn Mới", short_name="Mới", kind=Kind.VILLAGE, subtype="thôn",
        parent=pair[0], valid_from=date(2024, 1, 1),
    )  # fmt: skip

    found = at_once(
        lambda: reorganising.carry_out(made, by=admin, version=made.version),
        lambda: save_unit(village, by=admin),
    )

    assert not isinstance(found[0], RuleViolation)
    late = isinstance(found[1], RuleViolation)
    alive = Unit.objects.as_of(DAY).filter(code="V1")
    assert alive.count() == (0 if late else 1)
    assert all(unit.parent.exists_on(DAY) for unit in alive)


def test_no_village_of_a_file_is_left_under_a_commune_that_ends_meanwhile(
    admin, pair, monkeypatch, stop_clock
):
    """The file is looked at while the reorganisation, half done, shows nothing of itself yet."""
    stop_clock(2024, 6, 10, 8)
    job = upload(Villages(), thon(code="V1", above=pair[0].code), by=admin)
    made = draft(merge(*pair), by=admin)
    begun, ending = Event(), carrying._end

    def slowly(drawing):
        begun.set()
        wait_for_a_waiting_lock()
        return ending(drawing)

    monkeypatch.setattr(carrying, "_end", slowly)

    def bring_in():
        begun.wait(10)
        return confirm_import(job, by=admin)

    at_once(
        lambda: reorganising.carry_out(made, by=admin, version=made.version),
        bring_in,
    )

    made.refresh_from_db()
    assert made.state == Reorganisation.State.DONE
    assert all(unit.parent.exists_on(DAY) for unit in Unit.objects.as_of(DAY).filter(code="V1"))


def test_a_reorganisation_does_not_overtake_a_file_that_is_being_written(
    admin, pair, monkeypatch, stop_clock
):
    stop_clock(2024, 6, 10, 8)
    monkeypatch.setattr("units.actions.holding.PATIENCE", "200ms")
    job = upload(Villages(), thon(code="V1", above=pair[0].code), by=admin)
    made = draft(merge(*pair), by=admin)
    found, laying = [], participant_lists.lay

    def slowly(placed):
        def carry_out():
            return reorganising.carry_out(made, by=admin, version=made.version)

        found.extend(at_once(carry_out))
        laying(placed)

    monkeypatch.setattr(participant_lists, "lay", slowly)
    confirm_import(job, by=admin)

    assert "Cổng đang ghi một tệp dữ liệu" in str(found[0])
    assert Unit.objects.get(code="V1").parent == pair[0]
    reorganising.carry_out(made, by=admin, version=made.version)
    assert Unit.objects.as_of(DAY).get(code="V1").parent.exists_on(DAY)


def wait_for_a_waiting_lock():
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
                "AND classid = %s)",
                [REGISTER],
            )
            if cursor.fetchone()[0]:
                return
        sleep(0.02)
