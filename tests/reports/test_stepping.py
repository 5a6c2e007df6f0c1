"""Every state × every step × every role, the two dates, the receipt, and the refusals."""

from datetime import date

import pytest
from django.core import mail

from config import clock
from config.workflow import RuleViolation
from criteria import actions as criteria_actions
from criteria.states import Side
from reports import actions
from reports.models import Report
from reports.queries.review import queue_for
from reports.states import State, Timeliness
from reports.steps import STEPS
from tests.factories.campaign import instant, reporting_year
from tests.factories.reports import (
    AT,
    WORKDAY,
    OutlineSectionFactory,
    accepted,
    filled,
    returned,
    sent,
    started,
)
from tests.factories.units import (
    AppointmentFactory,
    DepartmentFactory,
    DistrictFactory,
    EnterpriseFactory,
    person,
)
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db

LEADS_ON = {
    ("draft", "hand_over"): {"reporter", "leader"},
    ("draft", "send"): {"leader"},
    ("signing", "take_back"): {"reporter", "leader"},
    ("signing", "send"): {"leader"},
    ("submitted", "withdraw"): {"leader"},
    ("submitted", "accept"): {"board"},
    ("submitted", "return"): {"board"},
    ("returned", "hand_over"): {"reporter", "leader"},
    ("returned", "send"): {"leader"},
    ("accepted", "reopen"): {"board"},
}
ROLES = ("reporter", "leader", "neighbour", "board", "desk", "viewer", "stranger")


def actor(case, role):
    if role in ("reporter", "leader", "board"):
        return getattr(case, role)
    if role == "neighbour":
        return person(Role.LEADER, DistrictFactory(parent=case.year.province))
    if role == "stranger":
        return person(Role.COUNCIL, case.year.board)
    wide = {"desk": Role.POVERTY_DESK, "viewer": Role.PROVINCE_VIEWER}
    return person(wide[role], case.year.province)


def at_state(state):
    return filled() if state == "draft" else AT[state]()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", State.values)
def test_a_step_is_taken_by_the_right_role_from_the_right_state_only(state, name, role, stop_clock):
    case = at_state(state)
    stop_clock(2023, 11, 21, 9)

    def take():
        actions.take_step(case.report, name, by=actor(case, role), note="Có lý do.")

    if role in LEADS_ON.get((state, name), set()):
        take()
        assert case.anew().report.state == STEPS[name].target
    else:
        with pytest.raises(RuleViolation) as refusal:
            take()
        assert all(reason.endswith(".") for reason in refusal.value.args)
        assert case.anew().report.state == state


def test_every_state_but_the_first_is_reached_by_a_step():
    assert {step.target for step in STEPS.values()} == set(State.values)


def test_nobody_receives_what_is_sent_to_another_unit(stop_clock):
    case = sent(tier="commune")
    stop_clock(2023, 11, 21, 9)
    other_district = person(Role.LEADER, DistrictFactory(parent=case.year.province))

    with pytest.raises(RuleViolation, match=case.report.receiver.name):
        actions.take_step(case.report, "accept", by=other_district)
    with pytest.raises(RuleViolation):
        actions.take_step(case.report, "accept", by=case.board)
    actions.take_step(case.report, "accept", by=person(Role.REPORTER, case.report.receiver))

    assert case.anew().report.state == State.ACCEPTED


def test_what_sits_under_a_department_reports_to_it_and_not_to_the_board(stop_clock):
    year = reporting_year(2023)
    department = DepartmentFactory(parent=year.province)
    case = sent(tier="enterprise", year=year, unit=EnterpriseFactory(parent=department))
    stop_clock(2023, 11, 21, 9)
    above = person(Role.LEADER, department)
    assert case.report in queue_for(above)
    assert case.report not in queue_for(case.board)

    with pytest.raises(RuleViolation, match=department.name):
        actions.take_step(case.report, "accept", by=case.board)
    answer = case.report.checklist.answers.first()
    criteria_actions.score(answer, Side.ABOVE, 50, by=above)
    actions.take_step(case.report, "accept", by=above)

    assert case.anew().report.state == State.ACCEPTED


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((2023, 11, 30, 23, 59, 59), Timeliness.ON_TIME),
        ((2023, 11, 30, 23, 59, 59, 999_999), Timeliness.ON_TIME),
        ((2023, 12, 1, 0, 0, 0), Timeliness.LATE),
        ((2023, 12, 31, 23, 59, 59), Timeliness.LATE),
    ],
)
def test_the_second_of_receipt_decides_whether_a_report_is_on_time(moment, expected):
    case = sent(filled(), at=instant(*moment))

    assert case.report.timeliness == expected
    assert case.report.versions.get().timeliness == expected


def test_a_form_opened_before_the_deadline_and_sent_after_it_is_late(client):
    case = filled()
    client.force_login(case.leader)
    with clock.frozen(instant(2023, 11, 30, 23, 59)):
        page = client.get(f"/bao-cao/{case.report.pk}/kiem-tra/")
    assert "Ký, gửi" in page.content.decode().replace("ký, gửi", "Ký, gửi")

    with clock.frozen(instant(2023, 12, 1, 0, 0, 0)):
        client.post(f"/bao-cao/{case.report.pk}/buoc/send/")

    assert case.anew().report.timeliness == Timeliness.LATE


def test_nothing_is_sent_after_the_lock_and_the_refusal_names_who_can_help():
    case = filled()

    with clock.frozen(instant(2024, 1, 1, 0, 0, 0)), pytest.raises(RuleViolation) as refusal:
        actions.take_step(case.report, "send", by=case.leader)

    assert case.report.receiver.name in refusal.value.args[0]
    assert "23:59:59 ngày 31/12/2023" in refusal.value.args[0]
    assert case.anew().report.versions.count() == 0


def test_an_incomplete_report_is_not_sent(stop_clock):
    case = started()
    stop_clock(2023, 11, 21, 9)

    with pytest.raises(RuleViolation, match="Báo cáo còn 4 chỗ phải hoàn thiện"):
        actions.take_step(case.report, "send", by=case.leader)


def test_sending_twice_makes_one_version(stop_clock):
    case = filled()
    stop_clock(2023, 11, 21, 9)
    actions.take_step(case.report, "send", by=case.leader)

    with pytest.raises(RuleViolation, match="đã gửi"):
        actions.take_step(case.report, "send", by=case.leader)

    assert case.report.versions.count() == 1
    assert case.report.steps.filter(name="send").count() == 1


def test_who_lost_the_appointment_between_opening_and_sending_cannot_send(stop_clock):
    case = filled()
    stop_clock(2023, 11, 21, 9)
    case.leader.seats()  # remembered as a page would
    case.leader.appointments.update(ends="2023-11-21")

    with pytest.raises(RuleViolation, match="Chỉ lãnh đạo"):
        actions.take_step(case.report, "send", by=case.leader)


def test_a_receipt_tells_number_time_and_hash_of_the_version():
    case = sent()
    version = case.report.versions.get()

    mark = version.sha256[:6].upper()
    assert version.receipt == f"BN-2023-{case.report.pk:06d}-01-{mark}"
    assert version.sent_at == WORKDAY
    assert len(version.sha256) == 64
    assert version.content["sections"][0]["text"] == "Đã ban hành đủ văn bản."


def test_what_is_sent_again_keeps_the_mark_of_its_first_sending_and_its_older_version():
    case = returned()
    case = sent(filled(case, text="Đã bổ sung."), at=instant(2023, 12, 5, 9))

    assert case.report.timeliness == Timeliness.ON_TIME
    texts = [v.content["sections"][0]["text"] for v in case.report.versions.all()]
    assert texts == ["Đã ban hành đủ văn bản.", "Đã bổ sung."]


def test_a_withdrawn_sending_is_as_if_never_made(stop_clock):
    case = sent()
    stop_clock(2023, 12, 1, 9)
    actions.take_step(case.report, "withdraw", by=case.leader)
    report = case.anew().report
    assert (report.timeliness, report.submitted_at) == ("", None)
    assert not Report.objects.visible_to(case.board).exists()

    actions.take_step(report, "send", by=case.leader)

    assert case.anew().report.timeliness == Timeliness.LATE


def test_what_the_receiver_has_opened_is_not_withdrawn(stop_clock):
    case = sent()
    stop_clock(2023, 11, 21, 9)
    actions.mark_read(case.report, by=case.board)

    with pytest.raises(RuleViolation, match="đã mở xem"):
        actions.take_step(case.report, "withdraw", by=case.leader)


def test_the_first_look_of_the_receiver_is_noted_once_and_says_whose_it_was(stop_clock):
    case = sent()
    stop_clock(2023, 11, 21, 9)

    for _ in range(2):
        actions.mark_read(case.report, by=case.board)

    assert LogEntry.objects.get(action="read_report").by == case.board
    assert case.anew().report.read_at == clock.now()


def test_reading_by_somebody_who_does_not_receive_leaves_no_mark(stop_clock):
    case = sent()
    stop_clock(2023, 11, 21, 9)

    actions.mark_read(case.report, by=person(Role.PROVINCE_VIEWER, case.year.province))

    assert case.anew().report.read_at is None


def test_a_report_goes_back_with_a_reason_per_item(stop_clock):
    case = sent()
    stop_clock(2023, 11, 21, 9)
    remarks = [
        ("section", "chi-dao", "Công tác chỉ đạo", "Ghi số văn bản."),
        ("figure", "x", "X", " "),
    ]

    actions.take_step(case.report, "return", by=case.board, remarks=remarks)

    step = case.report.steps.get(name="return")
    assert step.note == "1 mục cần sửa, xem yêu cầu ở từng mục."
    assert [(r.key, r.text) for r in step.remarks.all()] == [("chi-dao", "Ghi số văn bản.")]


@pytest.mark.parametrize("note", ["", "   ", "\n"])
def test_going_back_without_a_reason_is_refused(note, stop_clock):
    case = sent()
    stop_clock(2023, 11, 21, 9)

    with pytest.raises(RuleViolation, match="Cần ghi lý do"):
        actions.take_step(case.report, "return", by=case.board, note=note)

    assert case.report.steps.filter(name="return").count() == 0


def test_after_the_lock_a_report_goes_back_only_when_the_unit_can_send_again():
    case = sent()
    with clock.frozen(instant(2024, 1, 5, 9)), pytest.raises(RuleViolation, match="gia hạn"):
        actions.take_step(case.report, "return", by=case.board, note="Sửa số.")


def test_an_accepted_report_is_not_reopened_after_the_lock():
    case = accepted()
    with clock.frozen(instant(2024, 1, 5, 9)), pytest.raises(RuleViolation, match="khóa sổ"):
        actions.take_step(case.report, "reopen", by=case.board, note="Sửa số.")


@pytest.mark.parametrize(
    ("note", "remark", "told"),
    [("x" * 5_001, "", "Ý kiến dài 5001"), ("", "x" * 2_001, "Chỉ đạo: yêu cầu dài 2001")],
)
def test_what_is_said_to_a_report_has_an_end(note, remark, told, stop_clock):
    case = sent()
    stop_clock(2023, 11, 21, 9)

    with pytest.raises(RuleViolation, match=told):
        actions.take_step(
            case.report,
            "return",
            by=case.board,
            note=note,
            remarks=[("section", "chi-dao", "Chỉ đạo", remark)],
        )
    assert case.anew().report.state == State.SUBMITTED


@pytest.mark.parametrize(
    ("state", "step"), [(sent, "accept"), (sent, "return"), (accepted, "reopen")]
)
def test_nobody_receives_what_they_sign_themselves(state, step, stop_clock):
    case = state()
    AppointmentFactory(user=case.leader, unit=case.year.board, role=Role.BOARD)
    stop_clock(2023, 11, 21, 9)

    with pytest.raises(RuleViolation, match="không tự nhận, trả lại"):
        actions.take_step(case.report, step, by=case.leader, note="Sửa số.")
    actions.mark_read(case.anew().report, by=case.leader)

    assert (case.anew().report.read_at is None) == (state is sent)
    actions.take_step(case.report, step, by=case.board, note="Sửa số.")


def test_mail_goes_to_the_side_that_must_act_next(django_capture_on_commit_callbacks, stop_clock):
    case = filled()
    stop_clock(2023, 11, 21, 9)

    with django_capture_on_commit_callbacks(execute=True):
        actions.take_step(case.report, "hand_over", by=case.reporter)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_step(case.report, "send", by=case.leader)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_step(case.report, "return", by=case.board, note="Sửa số.")

    to = [message.to for message in mail.outbox]
    unit = sorted([case.reporter.email, case.leader.email])
    assert to == [[case.leader.email], [case.board.email], *([one] for one in unit)]
    assert "Sửa số." in mail.outbox[-1].body


def test_whoever_is_appointed_today_in_viet_nam_gets_the_mail_and_nobody_locked_out(
    django_capture_on_commit_callbacks, stop_clock
):
    case = filled()
    today = person(Role.LEADER, case.unit, starts=date(2023, 11, 21))
    person(Role.LEADER, case.unit, ends=date(2023, 11, 21))
    person(Role.LEADER, case.unit, is_active=False)
    stop_clock(2023, 11, 21, 6, 30)  # in UTC it is still the day before

    with django_capture_on_commit_callbacks(execute=True):
        actions.take_step(case.report, "hand_over", by=case.reporter)

    assert {one for letter in mail.outbox for one in letter.to} == {case.leader.email, today.email}


def test_a_refused_step_sends_no_mail(django_capture_on_commit_callbacks, stop_clock):
    case = started()
    stop_clock(2023, 11, 21, 9)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuleViolation):
        actions.take_step(case.report, "send", by=case.leader)

    assert mail.outbox == []


def test_the_leader_of_two_units_signs_for_each(stop_clock):
    case = filled()
    second = filled(unit=DistrictFactory(parent=case.year.province), year=case.year)
    AppointmentFactory(user=case.leader, unit=second.unit, role=Role.LEADER)
    stop_clock(2023, 11, 21, 9)

    actions.take_step(case.report, "send", by=case.leader)
    actions.take_step(second.report, "send", by=case.leader)

    assert Report.objects.filter(submitted_by=case.leader).count() == 2


def test_a_report_that_comes_back_gets_the_headings_added_since_it_was_sent(stop_clock):
    case = sent()
    added = OutlineSectionFactory(campaign=case.year.campaign, code="moi")
    stop_clock(2023, 11, 21, 9)

    actions.take_step(case.report, "return", by=case.board, note="Đề cương có mục mới.")
    actions.save_section(case.report, "moi", "Đã bổ sung.", by=case.reporter, revision=0)

    assert case.report.sections.get(outline=added).text == "Đã bổ sung."
