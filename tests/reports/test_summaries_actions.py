"""Composing a summary: who may, what is refused, and that nothing changes after the freeze."""

from datetime import date, timedelta

import pytest

from config import clock
from config.workflow import RuleViolation, Stale
from reports.actions import summaries as actions
from reports.actions import take_step
from reports.documents import files
from reports.freezing import digest
from reports.models import Selection, Summary
from reports.queries import summaries as queries
from reports.states import SummaryState
from tests.factories.reports import laid_out
from tests.factories.summaries import (
    SUMMED_UP,
    TEXTS,
    drafted,
    frozen,
    issued,
    reported,
    scene,
    written,
)
from tests.factories.units import person
from units.kinds import Role, Tier
from units.models import LogEntry, PovertyReview, Unit

pytestmark = pytest.mark.django_db
TEXT = "Huyện đã vận động 120 triệu đồng.\nXây 05 nhà cho hộ nghèo. Kết quả tốt."


@pytest.fixture
def place(stop_clock):
    stop_clock(2023, 12, 28, 9)
    found = scene()
    laid_out(found.year, Tier.DISTRICT)
    return found


def bytes_of(summary):
    return {row.format: (bytes(row.content), row.sha256) for row in summary.files.all()}


# Beginning


def test_a_draft_is_opened_once(place):
    first, second = drafted(place), drafted(place)

    assert first == second
    assert (first.edition, first.lead, first.state) == (1, place.lead, SummaryState.DRAFT)
    assert LogEntry.objects.filter(action="start_summary").count() == 1


def test_only_the_unit_with_the_duty_composes_the_interim_summary(place):
    others = [
        place.board(),
        place.viewer(),
        person(Role.REPORTER, place.lead),
        person(Role.POVERTY_DESK, place.districts[0][0]),
    ]

    for user in others:
        with pytest.raises(RuleViolation, match="đơn vị chủ trì tham mưu sơ kết"):
            actions.start_summary(place.interim, by=user)


def test_the_board_composes_the_yearly_summary_and_the_desk_does_not(place):
    summary = actions.start_summary(place.year.period, by=place.board())

    assert summary.lead == place.year.board
    with pytest.raises(RuleViolation, match="đầu mối tiếp nhận"):
        actions.start_summary(place.year.period, by=place.desk)


def test_a_duty_nobody_holds_is_told(place):
    place.campaign.duties.filter(kind="interim_lead").update(ends=date(2023, 12, 1))

    with pytest.raises(RuleViolation, match="Chưa khai báo đơn vị giữ nhiệm vụ"):
        drafted(place)


def test_a_year_that_has_not_begun_has_no_summary(place):
    with (
        clock.frozen(SUMMED_UP - timedelta(days=400)),
        pytest.raises(RuleViolation, match="chưa bắt đầu"),
    ):
        actions.start_summary(place.interim, by=place.desk)


def test_losing_the_appointment_stops_the_composer_at_once(place):
    summary = written(place)
    place.desk.appointments.update(ends=date(2023, 12, 28))

    with pytest.raises(RuleViolation):
        actions.freeze_summary(summary, by=place.desk)


# Texts


def test_texts_written_by_somebody_else_meanwhile_are_not_overwritten(place):
    summary = drafted(place)
    seen = queries.texts_mark(summary)
    actions.save_texts(summary, {"assessment": "Thứ nhất."}, by=place.desk, seen=seen)

    with pytest.raises(Stale, match="Người khác đã sửa"):
        actions.save_texts(summary, {"assessment": "Thứ hai."}, by=place.desk, seen=seen)

    assert Summary.objects.get().assessment == "Thứ nhất."


def test_a_text_too_long_is_refused_by_name(place):
    summary = drafted(place)

    with pytest.raises(RuleViolation, match="Đánh giá chung"):
        actions.save_texts(
            summary, {"assessment": "a" * 20_001}, by=place.desk, seen=queries.texts_mark(summary)
        )


# Passages


@pytest.fixture
def section(place):
    return reported(place.year, place.districts[0][0], text=TEXT).report.sections.get()


def test_a_passage_keeps_the_words_and_survives_a_later_correction(place, section):
    summary = drafted(place)

    actions.choose_passage(summary, section, TEXT, by=place.desk)
    section.text = "Viết lại."
    section.save()

    assert Selection.objects.get().text == TEXT


def test_words_may_be_left_out_but_not_added(place, section):
    summary = drafted(place)

    with pytest.raises(RuleViolation, match="giữ nguyên lời"):
        actions.choose_passage(summary, section, "Huyện đã vận động 900 triệu.", by=place.desk)
    actions.choose_passage(
        summary, section, "Huyện đã vận động 120 triệu đồng. […] Kết quả tốt.", by=place.desk
    )

    assert Selection.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  ", "[…]", " […] […]"])
def test_an_empty_passage_is_refused(place, section, text):
    with pytest.raises(RuleViolation, match="không được để trống"):
        actions.choose_passage(drafted(place), section, text, by=place.desk)


def test_a_section_is_chosen_once(place, section):
    summary = drafted(place)
    actions.choose_passage(summary, section, TEXT, by=place.desk)

    with pytest.raises(RuleViolation, match="đã được trích"):
        actions.choose_passage(summary, section, TEXT, by=place.desk)


def test_only_accepted_reports_of_the_period_are_quoted(place):
    waiting = reported(place.year, place.districts[1][0], state="submitted").report.sections.get()

    with pytest.raises(RuleViolation, match="báo cáo đã nhận"):
        actions.choose_passage(drafted(place), waiting, waiting.text, by=place.desk)


def test_passages_change_places_and_go(place, section):
    other = reported(place.year, place.districts[1][0], text="Huyện khác.").report.sections.get()
    summary = drafted(place)
    first = actions.choose_passage(summary, section, TEXT, by=place.desk)
    second = actions.choose_passage(summary, other, other.text, by=place.desk)

    actions.move_passage(second, up=True, by=place.desk)
    moved = list(summary.selections.values_list("pk", flat=True))
    actions.drop_passage(first, by=place.desk)

    assert moved == [second.pk, first.pk]
    assert list(summary.selections.all()) == [second]


# Freezing


def test_the_words_of_a_report_opened_again_are_not_frozen(place, section):
    summary = written(place)
    chosen = actions.choose_passage(summary, section, TEXT, by=place.desk)
    take_step(section.report, "reopen", by=place.board(), note="Số liệu sai.")

    with pytest.raises(RuleViolation, match=f"Đoạn trích của {section.report.unit.name}"):
        actions.freeze_summary(summary, by=place.desk)
    actions.drop_passage(chosen, by=place.desk)

    assert actions.freeze_summary(summary, by=place.desk).is_frozen


def test_nothing_is_frozen_without_the_three_texts(place):
    summary = drafted(place)

    with pytest.raises(RuleViolation, match="Chưa viết phần đánh giá chung") as refusal:
        actions.freeze_summary(summary, by=place.desk)

    assert len(refusal.value.args) == 1
    summary.refresh_from_db()
    assert (summary.state, summary.snapshot) == (SummaryState.DRAFT, None)


def test_missing_reports_do_not_keep_a_summary_from_being_frozen(place):
    summary = frozen(place)

    names = {unit["name"] for unit in summary.snapshot["completeness"][0]["absent"]}
    assert {district.name for district, _ in place.districts} <= names


def test_a_frozen_summary_carries_its_hash_its_files_and_a_log_row(place):
    summary = frozen(place)

    summary.refresh_from_db()
    assert summary.sha256 == digest(summary.snapshot)
    assert set(bytes_of(summary)) == set(files.FORMATS)
    entry = LogEntry.objects.get(action="freeze_summary")
    assert entry.changes["sha256"] == summary.sha256
    assert entry.changes["files"]["pdf"] == bytes_of(summary)["pdf"][1]


def test_freezing_twice_is_refused_and_changes_nothing(place):
    summary = frozen(place)
    before = bytes_of(summary)

    with pytest.raises(RuleViolation, match="Không thể chốt báo cáo"):
        actions.freeze_summary(summary, by=place.desk)

    assert bytes_of(summary) == before


def test_what_changes_after_the_freeze_does_not_change_the_papers(place):
    summary = frozen(place)
    before = bytes_of(summary)

    reported(place.year, place.districts[0][0], text="Đến muộn.")
    PovertyReview.objects.filter(year=2023).update(poor_opening=40, poor_closing=40)
    Unit.objects.filter(pk=place.districts[1][0].pk).update(name="Huyện Tên Mới")
    summary = Summary.objects.get(pk=summary.pk)

    assert digest(summary.snapshot) == summary.sha256
    for form, (content, _) in before.items():
        assert files.render(summary.snapshot, queries.signing_of(summary), form) == content


@pytest.mark.parametrize("deed", ["texts", "passage", "drop"])
def test_a_frozen_summary_is_closed(place, section, deed):
    summary = written(place)
    chosen = actions.choose_passage(summary, section, TEXT, by=place.desk)
    summary = actions.freeze_summary(summary, by=place.desk)

    deeds = {
        "texts": lambda: actions.save_texts(summary, TEXTS, by=place.desk, seen=""),
        "passage": lambda: actions.choose_passage(summary, section, TEXT, by=place.desk),
        "drop": lambda: actions.drop_passage(chosen, by=place.desk),
    }
    with pytest.raises(RuleViolation, match="đã chốt"):
        deeds[deed]()


def test_a_correction_is_a_new_edition_that_starts_from_the_old_words(place, section):
    first = written(place)
    actions.choose_passage(first, section, TEXT, by=place.desk)
    first = actions.freeze_summary(first, by=place.desk)

    second = drafted(place)

    assert (second.edition, second.assessment) == (2, first.assessment)
    assert [row.text for row in second.selections.all()] == [TEXT]
    assert Summary.objects.get(pk=first.pk).state == SummaryState.FROZEN


# Number, date, signer


def test_number_and_date_take_the_draft_mark_and_leave_the_snapshot(place):
    summary = issued(place)

    summary.refresh_from_db()
    assert summary.sha256 == digest(summary.snapshot)
    assert summary.is_issued
    assert LogEntry.objects.filter(action="issue_summary").count() == 1
    for form, (content, _) in bytes_of(summary).items():
        assert files.render(summary.snapshot, queries.signing_of(summary), form) == content


def test_number_and_date_are_entered_once(place):
    summary = issued(place)

    with pytest.raises(RuleViolation, match="lập bản mới"):
        actions.issue_summary(
            summary, number="413", signed_on=date(2023, 12, 28), signer="B", signer_post="C",
            by=place.desk,
        )  # fmt: skip

    assert Summary.objects.get().number == "412"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": "412/BC-UBND"}, "Số văn bản"),
        ({"signed_on": date(2023, 12, 27)}, "Ngày ký"),
        ({"signed_on": date(2023, 12, 29)}, "Ngày ký"),
        ({"signer": " "}, "Người ký"),
        ({"signer_post": ""}, "Chức vụ"),
    ],
    ids=["symbol in the number", "before the freeze", "in the future", "no signer", "no post"],
)
def test_a_wrong_signing_is_refused_with_the_remedy(place, change, sentence):
    summary = frozen(place)
    given = {
        "number": "412", "signed_on": date(2023, 12, 28), "signer": "A", "signer_post": "B",
    }  # fmt: skip

    with pytest.raises(RuleViolation, match=sentence):
        actions.issue_summary(summary, by=place.desk, **(given | change))

    assert not Summary.objects.get().is_issued


def test_a_draft_has_no_number(place):
    with pytest.raises(RuleViolation, match="Không thể ghi số"):
        actions.issue_summary(
            drafted(place), number="1", signed_on=date(2023, 12, 28), signer="A",
            signer_post="B", by=place.desk,
        )  # fmt: skip
