"""Dates and reasons as people type them; the rules themselves stand in ``campaign.rules``."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaign.rules import LONGEST_REASON
from config.text import VIETNAM, clean_line

WITH_SECONDS = ("%d/%m/%Y %H:%M:%S", "%H:%M:%S %d/%m/%Y", "%Y-%m-%dT%H:%M:%S")
WITH_MINUTES = ("%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%Y-%m-%dT%H:%M")
DAYS_ONLY = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")


class LastMomentField(forms.Field):
    """The last moment of something, in Viet Nam time, as "30/11/2023 23:59".

    What is typed counts as a whole: "23:59" lasts until 23:59:59, a day without a time until the
    end of that day. So nobody is late within the minute, or on the day, that was promised.
    """

    def __init__(self, **options):
        options.setdefault("help_text", "Ví dụ 30/11/2023 23:59 (giờ Việt Nam; hết phút đã ghi).")
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value):
        if isinstance(value, datetime):
            return value
        text = clean_line(value or "")
        if not text:
            return None
        for formats, last in (
            (WITH_SECONDS, {}),
            (WITH_MINUTES, {"second": 59}),
            (DAYS_ONLY, {"hour": 23, "minute": 59, "second": 59}),
        ):
            if moment := _first(text, formats):
                return moment.replace(tzinfo=VIETNAM, **last)
        raise ValidationError(
            f"“{text[:40]}” không phải là thời điểm. Nhập ngày/tháng/năm giờ:phút, ví dụ "
            "30/11/2023 23:59."
        )

    def prepare_value(self, value):
        if isinstance(value, datetime):
            return f"{timezone.localtime(value, VIETNAM):%d/%m/%Y %H:%M}"
        return value

    def has_changed(self, initial, data):
        """By what the page shows: seconds that it hides are no change."""
        return clean_line(data or "") != (self.prepare_value(initial) or "")


def _first(text, formats):
    """The moment that the text means by the first format that fits, or None."""
    for pattern in formats:
        try:
            moment = datetime.strptime(text, pattern)
        except ValueError:
            continue
        if moment.year >= 2000:
            return moment
    return None


def _reason(help_text):
    return forms.CharField(
        label="Lý do",
        max_length=LONGEST_REASON,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Cần ghi lý do.",
            "max_length": f"Chỉ ghi tối đa {LONGEST_REASON} ký tự (đang có %(show_value)d).",
        },
    )


class DeadlineForm(forms.Form):
    """New due and lock of one tier, with the reason.

    A field left as it was keeps its second, which the page does not show. A due date that has
    passed cannot be changed, see ``campaign.rules``.
    """

    due = LastMomentField(label="Hạn nộp", error_messages={"required": "Cần ghi hạn nộp."})
    lock = LastMomentField(label="Khóa sổ", error_messages={"required": "Cần ghi ngày khóa sổ."})
    reason = _reason("Vì sao đổi, theo văn bản nào. Lý do được lưu vào nhật ký.")

    def __init__(self, *args, due_is_past=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due"].disabled = due_is_past

    def clean(self):
        for name in ("due", "lock"):
            if name in self.cleaned_data and name not in self.changed_data:
                self.cleaned_data[name] = self.initial[name]
        return self.cleaned_data


class ExtensionForm(forms.Form):
    """Until when a unit may send, and why."""

    until = LastMomentField(
        label="Được nộp đến", error_messages={"required": "Cần ghi đơn vị được nộp đến lúc nào."}
    )
    reason = _reason("Đơn vị sẽ đọc lý do này trong thư báo gia hạn.")


class SearchForm(forms.Form):
    """A period and the name or code of a unit; for lists and for choosing a unit."""

    ky = forms.ChoiceField(label="Kỳ báo cáo", required=False)
    q = forms.CharField(label="Tên hoặc mã đơn vị", required=False, max_length=100)

    def __init__(self, *args, periods, every_period=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.periods = {period.code: period for period in periods}
        every = [("", "Mọi kỳ")] if every_period else []
        choices = [*every, *((code, period.title) for code, period in self.periods.items())]
        self.fields["ky"].choices = choices

    def period(self):
        """The chosen period, if it is one of those offered."""
        return self.periods.get(self.cleaned_data.get("ky", "")) if self.is_valid() else None

    def words(self) -> str:
        return self.cleaned_data.get("q", "") if self.is_valid() else ""
