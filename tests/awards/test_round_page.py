"""The page of a round: its rule set, posting days counted back from the council, warnings."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.loading import load
from awards.models import AwardForm, Round
from awards.round_page import forms_to_offer, holders_for, round_page
from config import clock
from tests.factories.awards import (
    AwardFormFactory,
    RoundFactory,
    RoundFormFactory,
    RuleSetFactory,
    TimingFactory,
)
from tests.factories.campaign import CampaignFactory
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    VillageFactory,
    person,
)
from units.kinds import Role

pytestmark = pytest.mark.django_db
COUNCIL = date(2024, 5, 20)
"""A Monday: ten working days before it end on Sunday 5 May 2024, the Saturday before is worked."""


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2024, 4, 1, 9)


@pytest.fixture
def campaign():
    campaign = CampaignFactory()
    load(campaign)
    return campaign


@pytest.fixture
def board():
    return person(Role.BOARD, DepartmentFactory())


def page_of(campaign, user, *codes, due=date(2024, 4, 30), **told):
    dates = {"opens": date(2024, 4, 1), "due": due, "council_on": COUNCIL}
    round = RoundFactory(campaign=campaign, **(dates | told))
    for form in AwardForm.objects.filter(campaign=campaign, code__in=codes):
        RoundFormFactory(round=round, form=form)
    return round_page(Round.objects.for_list().get(pk=round.pk), user)


@pytest.mark.parametrize(
    ("due", "code"),
    [(date(2023, 12, 31), "nd-91-2017"), (date(2024, 1, 1), "nd-98-2023")],
)
def test_the_rule_set_is_that_of_the_last_day_of_receiving(campaign, board, due, code):
    page = page_of(campaign, board, due=due, opens=date(2023, 12, 1))

    assert page.rule_set.code == code


def test_without_any_law_of_the_day_the_page_stands(board):
    page = page_of(CampaignFactory(), board)

    assert (page.rule_set, page.lines, page.warnings) == (None, [], [])


def test_posting_is_counted_back_in_working_days_from_the_council(campaign, board):
    page = page_of(campaign, board, "HCLD-3", "BK-TINH", "BKTTG")
    told = {line.offer.form.code: line for line in page.lines}

    assert told["HCLD-3"].posting == "ít nhất 10 ngày làm việc"
    assert told["HCLD-3"].last_posting_day == date(2024, 5, 5)
    assert told["HCLD-3"].deciders == "Chủ tịch nước (Luật 2022, Điều 77 và các điều tiếp theo)"
    assert told["BK-TINH"].posting == told["BKTTG"].posting == "chưa có căn cứ"
    assert told["BK-TINH"].last_posting_day is None
    assert page.warnings == []


@pytest.mark.parametrize(("day", "warns"), [(5, False), (6, True)])
def test_too_few_working_days_after_the_last_day_are_warned_of(campaign, board, day, warns):
    page = page_of(campaign, board, "HCLD-3", due=date(2024, 5, day))

    assert bool(page.warnings) == warns
    if warns:
        assert page.warnings[0] == (
            "Huân chương Lao động hạng Ba: từ hạn nhận hồ sơ 06/05/2024 đến ngày họp Hội đồng "
            "20/05/2024 có 9 ngày làm việc, ít hơn 10 ngày làm việc phải công khai (NĐ "
            "98/2023/NĐ-CP, Điều 31, Điều 46 khoản 2). Hãy lùi ngày họp Hội đồng, hoặc sửa hạn "
            "nhận hồ sơ."
        )


def test_without_a_day_of_the_council_the_page_asks_for_it(campaign, board):
    page = page_of(campaign, board, "HCLD-3", council_on=None)

    assert "hãy ghi ngày dự kiến họp Hội đồng" in page.warnings[0]
    assert page.lines[0].last_posting_day is None


@pytest.mark.parametrize(
    ("posts", "days", "words"),
    [
        (None, None, "chưa có căn cứ"),
        (False, None, "không phải công khai"),
        (True, None, "phải công khai; số ngày chưa có căn cứ"),
        (True, 5, "ít nhất 5 ngày làm việc"),
    ],
)
def test_what_is_demanded_is_said_in_words(board, posts, days, words):
    rules = RuleSetFactory(valid_from=date(2020, 1, 1), valid_to=None)
    form = AwardFormFactory(code="X")
    TimingFactory(rule_set=rules, form=form, posts=posts, posting_days=days)

    assert page_of(form.campaign, board, "X").lines[0].posting == words


def test_a_round_whose_last_day_is_past_says_so_while_it_is_open(board, stop_clock):
    told = {"state": "open", "opened_at": clock.now()}
    stop_clock(2024, 5, 1, 9)
    page = page_of(CampaignFactory(), board, **told)

    assert "Hạn nhận hồ sơ 30/04/2024 đã qua" in page.warnings[0]


def test_steps_acts_and_edit_are_for_those_who_keep_the_round(board):
    page = page_of(CampaignFactory(), board)
    reader = round_page(page.round, person(Role.REPORTER, CommuneFactory()))

    assert ([step.name for step in page.steps], page.may_edit, page.may_remove) == (
        ["open"], True, True,
    )  # fmt: skip
    assert "chưa có hình thức" in page.steps[0].obstacles[0]
    assert (reader.steps, reader.acts, reader.may_edit, reader.may_remove) == ([], [], False, False)


def test_one_form_costs_as_many_queries_as_five(campaign, board):
    def cost(*codes):
        page = page_of(campaign, board, *codes, kind="thematic", state="closed",
                       opened_at=clock.now(), closed_at=clock.now())  # fmt: skip
        round = Round.objects.for_list().get(pk=page.round.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            round_page(round, board)
        return len(queries)

    assert cost("HCLD-1") == cost("HCLD-1", "HCLD-2", "HCLD-3", "BKTTG", "BK-TINH")


# Making one


def test_the_board_holds_the_rounds_of_its_province_and_leaders_their_own():
    department = DepartmentFactory()
    district, commune = DistrictFactory(), CommuneFactory()
    leader = person(Role.LEADER, district)
    AppointmentFactory(user=leader, unit=commune, role=Role.LEADER)

    assert holders_for(person(Role.BOARD, department)) == [department.parent]
    assert holders_for(leader) == [district, commune]
    for user in (
        person(Role.LEADER, VillageFactory()),
        person(Role.REPORTER, district),
        person(Role.ADMINISTRATOR, department),
    ):
        assert holders_for(user) == []


@pytest.mark.parametrize(
    ("units", "codes"),
    [
        ([DepartmentFactory], ["GK-CQ"]),
        ([DistrictFactory], ["GK-HUYEN"]),
        ([DistrictFactory, CommuneFactory], ["GK-HUYEN", "GK-XA"]),
    ],
)
def test_the_forms_to_choose_from_are_those_that_such_units_ever_decide(campaign, units, codes):
    found = forms_to_offer(campaign, [make() for make in units])

    assert [form.code for form in found] == codes


def test_the_province_chooses_from_its_own_and_the_centres(campaign):
    found = forms_to_offer(campaign, [campaign.province])

    assert [form.code for form in found] == ["HCLD-1", "HCLD-2", "HCLD-3", "BKTTG", "BK-TINH"]
