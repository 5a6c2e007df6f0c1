"""Reports of units that were reorganised: who reads them on, who receives them, who does not."""

from datetime import date

import pytest
from django.urls import reverse

from config.workflow import RuleViolation
from criteria.models import Evidence
from criteria.permissions import scores_as
from criteria.states import Side
from reports import actions
from reports.models import Report
from reports.queries.tasks import to_receive
from tests.factories.campaign import reporting_year
from tests.factories.criteria import EvidenceFactory
from tests.factories.reorganising import done, end, merge, rename, split
from tests.factories.reports import accepted, filled, sent, started
from tests.factories.units import CommuneFactory, DistrictFactory, VillageFactory, person
from units.kinds import Role, Tier
from units.models import Unit, User

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 1)


@pytest.fixture
def year():
    return reporting_year(2023)


@pytest.fixture
def pair(year):
    district = DistrictFactory(parent=year.province)
    return [CommuneFactory(parent=district, code=f"9{n}001") for n in (1, 2)]


@pytest.fixture(autouse=True)
def _after_the_day(stop_clock):
    stop_clock(2024, 7, 2, 8)


def alive(code):
    return Unit.objects.as_of(DAY).get(code=code)


def seen_by(user):
    return set(Report.objects.visible_to(User.objects.get(pk=user.pk)))


@pytest.mark.parametrize("role", Role.OF_UNIT)
def test_who_took_a_unit_over_whole_reads_what_it_had_sent(role, year, pair):
    """Its own papers and those from below it; drafts stay nobody's business."""
    village = VillageFactory(parent=pair[1])
    own = sent(year=year, unit=pair[0], tier=Tier.COMMUNE)
    below = sent(year=year, unit=village, tier=Tier.VILLAGE)
    started(year=year, unit=pair[1], tier=Tier.COMMUNE)
    done(merge(*pair), by=None, seats="all", day=DAY)

    user = person(role, alive(pair[0].code), starts=DAY)

    assert seen_by(user) == {own.report, below.report}


def test_after_a_split_nobody_reads_on(year, pair):
    case = accepted(year=year, unit=pair[0], tier=Tier.COMMUNE)
    parts = [{"name": "Xã Đông"}, {"code": "99999", "name": "Xã Tây"}]
    done(split(pair[0], *parts), by=None, seats="all", day=DAY)

    for code in (pair[0].code, "99999"):
        assert seen_by(person(Role.LEADER, alive(code), starts=DAY)) == set()
    assert case.report in seen_by(case.board)


def test_nobody_else_gains_anything(year, pair):
    case = accepted(year=year, unit=pair[0], tier=Tier.COMMUNE)
    others = [
        person(Role.LEADER, CommuneFactory(parent=pair[0].parent)),
        person(Role.LEADER, DistrictFactory(parent=year.province)),
        person(Role.ADMINISTRATOR, year.board),
        person(Role.LEADER, VillageFactory(parent=pair[1])),
    ]
    village = VillageFactory(parent=pair[0], code="V7")
    before = [seen_by(user) for user in others]
    done(merge(*pair), by=None, seats="all", day=DAY)

    others.append(person(Role.LEADER, alive(village.code), starts=DAY))

    assert [seen_by(user) for user in others] == [*before, set()]
    assert seen_by(case.leader) == {case.report}  # who moved along with the commune


def test_the_old_papers_are_read_only(client, year, pair):
    case = sent(year=year, unit=pair[0], tier=Tier.COMMUNE)
    done(merge(*pair), by=None, seats="all", day=DAY)
    heir = person(Role.LEADER, alive(pair[0].code), starts=DAY)
    client.force_login(heir)

    page = client.get(reverse("reports:detail", args=[case.report.pk])).content.decode()

    assert "Báo cáo của đơn vị cũ" in page
    assert 'action="/bao-cao/' not in page
    assert client.get(reverse("reports:version", args=[case.report.pk, 1])).status_code == 200
    for name in ("check", "figures", "checklist"):
        assert client.get(reverse(f"reports:{name}", args=[case.report.pk])).status_code == 404
    for step in ("withdraw", "send", "accept"):
        with pytest.raises(RuleViolation):
            actions.take_step(case.report, step, by=heir)


def test_the_own_report_of_the_new_unit_is_none_of_an_old_one(client, pair, year):
    done(merge(*pair), by=None, day=DAY)
    case = started(year=year, unit=CommuneFactory(parent=pair[0].parent), tier=Tier.COMMUNE)
    client.force_login(case.leader)

    page = client.get(reverse("reports:detail", args=[case.report.pk])).content.decode()

    assert "Báo cáo của đơn vị cũ" not in page


def test_evidence_is_read_on_once_it_was_sent(year, pair):
    case = filled(year=year, unit=pair[0], tier=Tier.COMMUNE)
    answer = case.report.checklist.answers.first()
    EvidenceFactory(answer=answer)
    shown = EvidenceFactory(answer=answer, sent_at=case.report.started_at)
    done(merge(*pair), by=None, seats="all", day=DAY)
    heir = person(Role.REPORTER, alive(pair[0].code), starts=DAY)

    assert set(Evidence.objects.visible_to(heir)) == {shown}


# What waits for a receiver that has ended


def waiting_for(user):
    return set(to_receive(User.objects.get(pk=user.pk)))


def test_the_heir_receives_what_was_sent_to_the_old_unit(year, pair):
    village = VillageFactory(parent=pair[0])
    case = sent(year=year, unit=village, tier=Tier.VILLAGE)
    assert waiting_for(case.board) == set()
    done(merge(*pair), by=None, seats="all", day=DAY)
    heir = person(Role.LEADER, alive(pair[0].code), starts=DAY)

    assert waiting_for(heir) == {case.report}
    assert waiting_for(case.board) == set()
    assert scores_as(heir, case.report.checklist, Side.ABOVE) is None
    assert actions.take_step(case.report, "accept", by=heir).accepted_by == heir


def test_where_no_unit_took_the_receiver_over_the_board_receives(year, pair):
    """So with the districts: what their communes had sent them must not lie about for ever."""
    case = sent(year=year, unit=pair[0], tier=Tier.COMMUNE)
    district = pair[0].parent
    places = {unit.code: year.province.code for unit in pair}
    done(end(district), by=None, children=places, seats="all", day=DAY)

    assert waiting_for(case.board) == {case.report}
    case = case.anew()
    assert (case.report.receiver, case.report.goes_to_board) == (district, True)
    with pytest.raises(RuleViolation, match=f"Chỉ {district.name} mới nhận"):
        actions.take_step(case.report, "accept", by=person(Role.LEADER, year.board))
    assert actions.take_step(case.report, "accept", by=case.board).state == "accepted"


def test_a_receiver_of_another_name_is_still_the_receiver(year, pair):
    case = sent(year=year, unit=pair[0], tier=Tier.COMMUNE)
    leader = person(Role.LEADER, pair[0].parent)
    done(rename(pair[0].parent, name="Thị xã Mới"), by=None, seats="all", day=DAY)

    assert waiting_for(leader) == {case.report}
    assert waiting_for(case.board) == set()
    assert case.report in seen_by(leader)
