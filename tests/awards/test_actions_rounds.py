"""Rounds of commendation: made and corrected under the rules, moved along the arrows."""

from datetime import date

import pytest
from django.db import IntegrityError

from awards.actions import remove_round, save_round, take_round_step
from awards.kinds import RoundKind
from awards.models import Round, RoundForm
from awards.states import RoundState
from awards.steps import ROUND_STEPS
from config.workflow import RuleViolation
from tests.factories.awards import AwardFormFactory, RoundFactory, RoundFormFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.nominations import NominationFactory
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def board():
    return person(Role.BOARD, DepartmentFactory())


@pytest.fixture
def campaign():
    return CampaignFactory()


@pytest.fixture
def form(campaign):
    return AwardFormFactory(campaign=campaign, name="Bằng khen")


def refused(act):
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


def planned(campaign, **told):
    return RoundFactory.build(campaign=campaign, unit=campaign.province, **told)


def opened(board, **told):
    round = RoundFormFactory(round=RoundFactory(**told), quota=5).round
    return take_round_step(round, "open", by=board)


def closed(board, stop_clock, **told):
    round = opened(board, **told)
    stop_clock(2023, 12, 16, 8)
    return take_round_step(round, "close", by=board)


# Saving


def test_a_round_begins_as_a_draft_of_the_year_in_which_its_achievements_end(board, campaign, form):
    round = save_round(planned(campaign, year=0, title="  Hằng   năm "), {form: 12}, by=board)

    assert (round.state, round.year, round.title) == (RoundState.DRAFT, 2023, "Hằng năm")
    assert list(round.offers.values_list("form", "quota")) == [(form.pk, 12)]
    entry = LogEntry.objects.get(action="create_round")
    assert (entry.by, entry.unit, entry.object_id) == (board, campaign.province, round.pk)
    assert entry.changes["forms"] == [[], ["Bằng khen: 12"]]


def test_a_correction_is_logged_and_saving_without_one_is_not(board, campaign, form):
    round = save_round(planned(campaign), {form: 12}, by=board)
    other = AwardFormFactory(campaign=campaign, name="Giấy khen")

    save_round(round, {form: 12}, by=board)
    assert not LogEntry.objects.filter(action="correct_round").exists()

    round.due = date(2023, 12, 20)
    save_round(round, {form: None, other: 3}, by=board)

    entry = LogEntry.objects.get(action="correct_round")
    assert entry.changes["due"] == ["2023-12-15", "2023-12-20"]
    assert entry.changes["forms"] == [["Bằng khen: 12"], ["Bằng khen", "Giấy khen: 3"]]
    assert {str(offer) for offer in round.offers.all()} == {"Bằng khen", "Giấy khen: 3"}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"period_to": date(2022, 12, 31)}, "Thành tích đến hết ngày: không thể trước ngày đầu"),
        ({"due": date(2023, 11, 14)}, "Hạn nhận hồ sơ: không thể trước ngày bắt đầu nhận"),
        ({"council_on": date(2023, 12, 14)}, "không thể trước hạn nhận hồ sơ"),
        ({"title": " "}, "Tên đợt: "),
        ({"kind": "khac"}, "Loại đợt: "),
        ({"period_from": date(2020, 12, 31)}, "Thành tích từ ngày: phong trào từ 01/01/2021"),
        ({"period_to": date(2026, 1, 1)}, "Thành tích đến hết ngày: phong trào từ 01/01/2021"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_kept(board, campaign, form, told, words):
    assert words in refused(lambda: save_round(planned(campaign, **told), {form: 1}, by=board))
    assert not Round.objects.exists()
    assert not LogEntry.objects.filter(action="create_round").exists()


@pytest.mark.parametrize("quota", [0, -1, 32_768])
def test_a_number_advised_is_a_number(board, campaign, form, quota):
    words = refused(lambda: save_round(planned(campaign), {form: quota}, by=board))

    assert words == "Chỉ tiêu – Bằng khen: phải từ 1 đến 32.767, hoặc để trống."


@pytest.mark.parametrize(
    ("kind", "again"),
    [(kind, kind not in RoundKind.ONCE_A_YEAR) for kind in RoundKind],
)
def test_a_unit_holds_one_yearly_interim_or_final_round_a_year(board, campaign, kind, again):
    save_round(planned(campaign, kind=kind), {}, by=board)
    second = planned(campaign, kind=kind)

    if again:
        assert save_round(second, {}, by=board).pk
    else:
        assert "Loại đợt: đơn vị đã có đợt loại này" in refused(
            lambda: save_round(second, {}, by=board)
        )


def test_another_unit_or_another_year_has_its_own(board, campaign):
    save_round(planned(campaign), {}, by=board)
    district = DistrictFactory(parent=campaign.province)
    own = RoundFactory.build(campaign=campaign, unit=district)

    assert save_round(own, {}, by=person(Role.LEADER, district)).pk
    year_before = {"period_from": date(2022, 1, 1), "period_to": date(2022, 12, 31)}
    assert save_round(planned(campaign, **year_before), {}, by=board).year == 2022


def test_an_open_round_is_corrected_with_a_reason_and_keeps_its_kind_and_a_form(board):
    round = opened(board)
    offers = {offer.form: offer.quota for offer in round.offers.all()}

    round.due = date(2023, 12, 31)
    assert "Lý do: cần ghi vì sao" in refused(lambda: save_round(round, offers, by=board))
    assert "ít nhất một hình thức" in refused(
        lambda: save_round(round, {}, by=board, reason="Lùi hạn")
    )
    save_round(round, offers, by=board, reason="Lùi hạn")
    assert Round.objects.get().due == date(2023, 12, 31)
    assert LogEntry.objects.get(action="correct_round").reason == "Lùi hạn"

    round.kind = RoundKind.THEMATIC
    assert "không đổi loại" in refused(lambda: save_round(round, offers, by=board, reason="x"))


def test_the_new_last_day_of_an_open_round_is_not_past(board, stop_clock):
    round = opened(board)
    offers = {offer.form: offer.quota for offer in round.offers.all()}
    stop_clock(2023, 12, 20, 9)

    round.title = "Tên mới"
    save_round(round, offers, by=board, reason="Sửa tên")  # the old day may stand
    round.due = date(2023, 12, 19)

    assert "ngày 19/12/2023 đã qua" in refused(
        lambda: save_round(round, offers, by=board, reason="x")
    )
    round.due = date(2023, 12, 20)
    assert save_round(round, offers, by=board, reason="Đến hết hôm nay").due == round.due


def test_a_closed_round_is_not_corrected(board, stop_clock):
    round = closed(board, stop_clock)
    round.title = "Tên khác"

    assert "Đợt đã đóng" in refused(lambda: save_round(round, {}, by=board, reason="x"))


def test_what_was_loaded_before_a_step_does_not_put_the_state_back(board):
    stale = RoundFormFactory().round
    take_round_step(Round.objects.get(), "open", by=board)
    offers = {offer.form: offer.quota for offer in stale.offers.all()}

    stale.title = "Tên mới"
    save_round(stale, offers, by=board, reason="Sửa tên")

    assert Round.objects.values_list("state", "title").get() == ("open", "Tên mới")


def test_a_round_stays_with_its_unit(board):
    round, other = RoundFactory(), CampaignFactory()
    round.unit = other.province

    assert "không đổi đơn vị" in refused(lambda: save_round(round, {}, by=board))


# Who


@pytest.mark.parametrize(
    ("role", "makes"),
    [(Role.BOARD, {"province"}), (Role.LEADER, {"department", "district", "commune"})]
    + [(role, set()) for role in Role if role not in (Role.BOARD, Role.LEADER)],
)
def test_the_board_makes_the_provinces_rounds_and_leaders_their_own(campaign, role, makes):
    district = DistrictFactory(parent=campaign.province)
    units = {
        "province": campaign.province,
        "department": DepartmentFactory(parent=campaign.province),
        "district": district,
        "commune": CommuneFactory(parent=district),
    }
    made = set()
    for name, unit in units.items():
        round, by = RoundFactory.build(campaign=campaign, unit=unit), person(role, unit)
        if name in makes:
            made.add(save_round(round, {}, by=by).unit)
        else:
            assert "Chỉ" in refused(lambda round=round, by=by: save_round(round, {}, by=by))

    assert {round.unit for round in Round.objects.all()} == made


def test_leaders_make_no_rounds_of_a_unit_above_or_below(campaign):
    district = DistrictFactory(parent=campaign.province)
    commune = CommuneFactory(parent=district)
    for own, other in ((district, commune), (commune, district), (district, campaign.province)):
        round = RoundFactory.build(campaign=campaign, unit=other)
        assert "Chỉ" in refused(
            lambda round=round, own=own: save_round(round, {}, by=person(Role.LEADER, own))
        )


# Steps


def in_state(state, board, stop_clock):
    if state == RoundState.DRAFT:
        return RoundFormFactory().round
    return opened(board) if state == RoundState.OPEN else closed(board, stop_clock)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", ROUND_STEPS)
@pytest.mark.parametrize("state", RoundState)
def test_every_state_step_and_role(board, stop_clock, state, name, role):
    round, step = in_state(state, board, stop_clock), ROUND_STEPS[name]
    if name == "close" and state == RoundState.OPEN:
        stop_clock(2023, 12, 16, 8)

    def act():
        return take_round_step(round, name, by=person(role, DepartmentFactory()), note="Vì sao")

    if state in step.sources and role == Role.BOARD:
        assert act().state == Round.objects.get().state == step.target
        assert LogEntry.objects.filter(action=f"{name}_round").latest("pk").changes == {
            "state": [state, step.target]
        }
    else:
        words = refused(act)
        assert ("Chỉ Ban Thi đua" in words) == (state in step.sources)
        assert Round.objects.get().state == state


def test_a_leader_walks_the_own_units_round_from_draft_to_reopened(campaign, stop_clock):
    district = DistrictFactory(parent=campaign.province)
    leader = person(Role.LEADER, district)
    round = RoundFormFactory(round=RoundFactory(campaign=campaign, unit=district)).round

    opened_round = take_round_step(round, "open", by=leader)
    assert (opened_round.opened_at is not None, opened_round.closed_at) == (True, None)
    stop_clock(2023, 12, 16, 0)
    closed_round = take_round_step(round, "close", by=leader)
    assert closed_round.opened_at < closed_round.closed_at
    assert "Cần ghi lý do" in refused(lambda: take_round_step(round, "reopen", by=leader, note=" "))
    again = take_round_step(round, "reopen", by=leader, note="Nhận thêm hồ sơ")
    assert (again.opened_at, again.closed_at) == (opened_round.opened_at, None)
    assert LogEntry.objects.get(action="reopen_round").reason == "Nhận thêm hồ sơ"


def test_a_round_without_a_form_is_not_opened(board):
    assert "chưa có hình thức" in refused(lambda: take_round_step(RoundFactory(), "open", by=board))


@pytest.mark.parametrize(
    ("due", "opens"), [(date(2023, 11, 23), False), (date(2023, 11, 24), True)]
)
def test_a_round_is_opened_up_to_its_last_day(board, due, opens):
    round = RoundFormFactory(round=RoundFactory(opens=date(2023, 11, 1), due=due)).round
    if opens:
        assert take_round_step(round, "open", by=board).receives_on(due)
    else:
        assert "ngày 23/11/2023 đã qua" in refused(lambda: take_round_step(round, "open", by=board))


def test_a_round_is_closed_only_after_its_last_day(board, stop_clock):
    round = opened(board)
    stop_clock(2023, 12, 15, 23, 59)
    assert "Còn nhận hồ sơ đến hết ngày 15/12/2023" in refused(
        lambda: take_round_step(round, "close", by=board)
    )
    stop_clock(2023, 12, 16, 0, 0)
    assert take_round_step(round, "close", by=board).state == RoundState.CLOSED


# Removing


def test_a_draft_is_removed_with_a_reason_and_the_log_remembers(board):
    round = RoundFormFactory(round__title="Đợt lập nhầm").round

    assert "Lý do: cần ghi" in refused(lambda: remove_round(round, by=board, reason=" "))
    leader = person(Role.LEADER, DepartmentFactory())
    assert "Chỉ Ban" in refused(lambda: remove_round(round, by=leader, reason="x"))
    remove_round(round, by=board, reason="Lập nhầm")

    assert not Round.objects.exists()
    assert not RoundForm.objects.exists()
    entry = LogEntry.objects.get(action="remove_round")
    assert (entry.label, entry.reason) == ("Đợt lập nhầm", "Lập nhầm")


def test_an_open_round_is_not_removed(board):
    round = opened(board)

    assert "không xóa được" in refused(lambda: remove_round(round, by=board, reason="x"))


# The database


@pytest.mark.parametrize(
    "told",
    [
        {"period_to": date(2022, 12, 31)},
        {"due": date(2023, 11, 14)},
        {"council_on": date(2023, 12, 14)},
        {"state": RoundState.OPEN},
        {"state": RoundState.CLOSED},
    ],
)
def test_the_database_keeps_dates_in_order_and_states_stamped(told):
    with pytest.raises(IntegrityError):
        RoundFactory(**told)


def test_the_database_keeps_one_form_once_and_numbers_above_nought():
    offer = RoundFormFactory()
    with pytest.raises(IntegrityError):
        RoundForm.objects.filter(pk=offer.pk).update(quota=0)


def test_the_database_keeps_one_yearly_round():
    round = RoundFactory()
    with pytest.raises(IntegrityError):
        RoundFactory(campaign=round.campaign)


def test_a_form_for_which_somebody_was_put_forward_stays_on_offer(board, campaign, form):
    round = opened(board, campaign=campaign)
    offer = round.offers.get()
    NominationFactory(offer=offer)

    told = refused(lambda: save_round(round, {form: None}, by=board, reason="Đổi hình thức"))

    assert f"{offer.form} đã có 1 hồ sơ đề nghị nên không bỏ được." in told
    assert round.offers.get() == offer
    save_round(round, {form: None, offer.form: 9}, by=board, reason="Thêm hình thức")
    assert round.offers.count() == 2
