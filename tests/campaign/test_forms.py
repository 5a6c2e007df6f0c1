"""Moments as people type them: whole minutes, whole days, Viet Nam time."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from campaign.forms import DeadlineForm, ExtensionForm, LastMomentField, SearchForm
from campaign.models import Period
from tests.factories.campaign import instant


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("30/11/2023 23:59", instant(2023, 11, 30, 23, 59, 59)),
        (" 30/11/2023   23:59 ", instant(2023, 11, 30, 23, 59, 59)),
        ("23:59 30/11/2023", instant(2023, 11, 30, 23, 59, 59)),
        ("30/11/2023 08:30:15", instant(2023, 11, 30, 8, 30, 15)),
        ("30/11/2023", instant(2023, 11, 30, 23, 59, 59)),
        ("3/4/2026", instant(2026, 4, 3, 23, 59, 59)),
        ("30-11-2023", instant(2023, 11, 30, 23, 59, 59)),
        ("2023-11-30T23:59", instant(2023, 11, 30, 23, 59, 59)),
        ("2023-11-30", instant(2023, 11, 30, 23, 59, 59)),
    ],
)
def test_a_moment_lasts_to_the_end_of_what_was_typed(typed, moment):
    assert LastMomentField().clean(typed) == moment


@pytest.mark.parametrize(
    "typed", ["31/11/2023", "30/11/23", "11/30/2023 10:00", "mai", "30/11/0203 10:00", "x" * 5000]
)
def test_what_is_no_moment_is_told_with_an_example(typed):
    with pytest.raises(ValidationError) as refusal:
        LastMomentField().clean(typed)

    (sentence,) = refusal.value.messages
    assert sentence.startswith(f"“{typed[:40]}” không phải là thời điểm.")
    assert sentence.endswith("ví dụ 30/11/2023 23:59.")


def test_a_moment_is_shown_on_viet_nams_clock():
    shown = LastMomentField().prepare_value(datetime(2023, 11, 30, 16, 59, 59, tzinfo=UTC))

    assert shown == "30/11/2023 23:59"


def filled_in(data, **options):
    initial = {"due": instant(2023, 11, 30, 12), "lock": instant(2023, 12, 31, 12, 0, 30)}
    return DeadlineForm({"reason": "Theo công văn"} | data, initial=initial, **options)


def test_a_field_left_as_shown_keeps_its_seconds():
    form = filled_in({"due": "30/11/2023 12:00", "lock": "15/01/2024 12:00"})

    assert form.is_valid()
    assert form.cleaned_data["due"] == instant(2023, 11, 30, 12)
    assert form.cleaned_data["lock"] == instant(2024, 1, 15, 12, 0, 59)


def test_a_due_date_that_has_passed_cannot_be_typed_over():
    form = filled_in({"due": "20/12/2023", "lock": "31/12/2023 12:00"}, due_is_past=True)

    assert form.is_valid()
    assert form.cleaned_data["due"] == instant(2023, 11, 30, 12)
    assert form.cleaned_data["lock"] == instant(2023, 12, 31, 12, 0, 30)


def test_each_missing_field_says_what_to_enter():
    assert filled_in({"due": "", "lock": " ", "reason": " "}).errors == {
        "due": ["Cần ghi hạn nộp."],
        "lock": ["Cần ghi ngày khóa sổ."],
        "reason": ["Cần ghi lý do."],
    }
    assert ExtensionForm({}).errors == {
        "until": ["Cần ghi đơn vị được nộp đến lúc nào."],
        "reason": ["Cần ghi lý do."],
    }


def test_a_very_long_reason_is_refused_with_its_length():
    form = ExtensionForm({"until": "05/12/2023", "reason": "á" * 100_000})

    assert form.errors == {"reason": ["Chỉ ghi tối đa 2000 ký tự (đang có 100000)."]}


def test_only_a_period_on_offer_can_be_asked_for():
    periods = [Period(code="2023", title="Báo cáo năm 2023")]

    assert SearchForm({"ky": "2023", "q": "lap"}, periods=periods).period() == periods[0]
    assert SearchForm({"ky": "2024", "q": "lap"}, periods=periods).period() is None
    assert SearchForm({"ky": "", "q": "lap"}, periods=periods, every_period=True).words() == "lap"
