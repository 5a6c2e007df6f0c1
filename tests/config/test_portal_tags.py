"""Numbers, dates, badges, controls and links, as pages and papers print them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from config.templatetags import portal


def render(source, request=None, **context):
    """Without context processors: components see only what they are given, and the request."""
    page = Context(context)
    page.request = request
    return Template("{% load portal %}" + source).render(page).strip()


def get(url="/"):
    return RequestFactory().get(url)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (None, None, "–"),
        ("", None, "–"),
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, "1.000"),
        (1234567.5, None, "1.234.567,5"),
        (Decimal("1234567.50"), None, "1.234.567,5"),
        (Decimal("1E+3"), None, "1.000"),
        (-1234, None, "-1.234"),
        (Decimal("0.005"), 2, "0,01"),
        (Decimal("-0.004"), 2, "0,00"),
        (2, 1, "2,0"),
        ("12345", None, "12.345"),
        (Decimal("100"), None, "100"),
        ("chưa có", None, "chưa có"),
        (Decimal("NaN"), None, Decimal("NaN")),
        (True, None, True),
    ],
)
def test_numbers_are_grouped_by_points_with_a_decimal_comma(value, digits, text):
    assert str(portal.vn_number(value, digits)) == str(text)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (3, None, "+3"),
        (-1234, None, "−1.234"),
        (0, None, "0"),
        ("0.5", 2, "+0,50"),
        ("-0.004", 2, "0,00"),
        (None, 2, "–"),
    ],  # fmt: skip
)
def test_differences_carry_their_sign(value, digits, text):
    assert portal.signed(value, digits) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (None, None, "–"),
        (Decimal("0.4712"), None, "0,47%"),
        (50, None, "50%"),
        (Decimal("12.5"), 2, "12,50%"),
        (Decimal("66.665"), None, "66,67%"),
        ("không tính", None, "không tính"),
    ],
)
def test_a_percentage_keeps_at_most_two_decimals(value, digits, text):
    assert portal.percent(value, digits) == text


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (1234.5, "1234.5"), (Decimal("1E+3"), "1000"), ("x", "")]
)
def test_attributes_get_numbers_that_machines_read(value, text):
    assert portal.machine(value) == text


LAST_SECOND = datetime(2023, 11, 30, 16, 59, 59, tzinfo=UTC)
"""23:59:59 in Viet Nam."""


def test_dates_are_those_of_viet_nam():
    midnight = datetime(2023, 11, 30, 17, 0, tzinfo=UTC)

    assert portal.vn_date(LAST_SECOND) == "30/11/2023"
    assert portal.vn_date(midnight) == "01/12/2023"
    assert portal.vn_datetime(LAST_SECOND) == "23:59 ngày 30/11/2023"
    assert portal.vn_datetime(midnight) == "00:00 ngày 01/12/2023"


def test_a_date_without_a_time_gets_none():
    assert portal.vn_datetime(date(2023, 1, 5)) == "05/01/2023"


@pytest.mark.parametrize("name", ["vn_date", "vn_datetime", "vn_long_date", "days_left"])
def test_no_date_is_a_dash(name):
    assert getattr(portal, name)(None) == "–"
    assert getattr(portal, name)("30/11/2023") == "–"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2023, 1, 5), "ngày 05 tháng 01 năm 2023"),
        (date(2023, 3, 15), "ngày 15 tháng 3 năm 2023"),
        (date(2022, 6, 29), "ngày 29 tháng 6 năm 2022"),
    ],
)
def test_papers_write_dates_out_with_noughts_where_the_decree_asks(day, text):
    assert portal.vn_long_date(day) == text


@pytest.mark.parametrize(
    ("now", "text", "tone"),
    [
        (datetime(2023, 11, 10, 1, 0, tzinfo=UTC), "còn 20 ngày", "neutral"),
        (datetime(2023, 11, 23, 1, 0, tzinfo=UTC), "còn 7 ngày", "warning"),
        (datetime(2023, 11, 29, 16, 59, tzinfo=UTC), "còn 1 ngày", "warning"),
        (datetime(2023, 11, 29, 17, 0, tzinfo=UTC), "hạn hôm nay", "warning"),
        (LAST_SECOND, "hạn hôm nay", "warning"),
        (datetime(2023, 11, 30, 17, 0, tzinfo=UTC), "quá hạn 1 ngày", "danger"),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), "quá hạn 1.097 ngày", "danger"),
    ],
)
def test_days_left_are_counted_in_days_of_viet_nam(now, text, tone):
    assert portal.days_left(LAST_SECOND, now) == text
    assert portal.days_left_tone(LAST_SECOND, now) == tone


def test_an_instant_passed_today_is_over():
    due, later = (datetime(2023, 11, 30, hour, tzinfo=UTC) for hour in (3, 4))

    assert portal.days_left(due, later) == "đã quá hạn hôm nay"
    assert portal.days_left_tone(due, later) == "danger"


def test_a_due_date_ends_with_its_day(stop_clock):
    stop_clock(2023, 11, 30, 23, 59)

    assert portal.days_left(date(2023, 11, 30)) == "hạn hôm nay"
    assert portal.days_left_tone(date(2023, 11, 29)) == "danger"
    assert portal.days_left_tone(None) == "neutral"


def test_days_left_component_names_the_last_minute(stop_clock):
    stop_clock(2023, 11, 24, 8)

    html = render('{% include "components/days_left.html" with due=due only %}', due=LAST_SECOND)

    assert "<strong>còn 6 ngày</strong> – đến 23:59 ngày 30/11/2023" in html


def test_a_badge_escapes_its_words_and_knows_its_tones():
    assert render('{% badge "Đã nhận" "success" %}').endswith(
        '<span class="tag tone-success">Đã nhận</span>'
    )
    assert "tone-neutral" in render('{% badge "x" "pink" %}')
    assert "A &amp; B &lt;c&gt;" in render("{% badge words %}", words="A & B <c>")


@pytest.mark.parametrize(
    ("tags", "tone"),
    [("error", "danger"), ("success", "success"), ("x warning", "warning"), ("debug", "neutral")],
)
def test_messages_have_the_tone_of_their_level(tags, tone):
    assert portal.message_tone(tags) == tone


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Báo cáo.pdf", "PDF"), ("a.b.xlsx", "XLSX"), ("khong_duoi", "TỆP"), (".bashrc", "TỆP")],
)
def test_files_are_told_by_their_ending(name, kind):
    assert portal.file_kind(name) == kind


class ReportForm(forms.Form):
    author = forms.CharField(label="Người lập", max_length=5, help_text="Họ và tên.")
    poor = forms.IntegerField(label="Số hộ nghèo", min_value=0)
    rate = forms.DecimalField(label="Tỷ lệ", localize=True, required=False)
    signed = forms.DateField(label="Ngày ký", required=False)
    answer = forms.ChoiceField(
        label="Tiêu chí 1", choices=[("a", "Đạt"), ("b", "Không đạt")], widget=forms.RadioSelect
    )
    block = forms.ChoiceField(label="Cụm", choices=[("", "Chọn"), ("1", "Cụm 1")], required=False)
    sure = forms.BooleanField(label="Đã đối chiếu", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        if self.data.get("poor") == "7":
            raise forms.ValidationError("Tổng không khớp.")


def field(name, data=None):
    form = ReportForm(data, auto_id="id_%s")
    return render('{% include "components/field.html" with field=field only %}', field=form[name])


def test_errors_are_listed_in_the_order_of_the_page_with_their_anchor():
    form = ReportForm({"author": "Nguyễn", "poor": "-1", "answer": "a", "revision": "x"})

    found = portal.field_errors(form)

    assert [(error.anchor, error.label) for error in found] == [
        ("id_author", "Người lập"),
        ("id_poor", "Số hộ nghèo"),
        ("", "Revision"),
    ]
    assert "5" in found[0].message


def test_errors_of_the_whole_form_come_first_and_lead_nowhere():
    form = ReportForm({"author": "Mai", "poor": "7", "revision": "1"})

    first, second = portal.field_errors(form)

    assert (first.anchor, first.message) == ("", "Tổng không khớp.")
    assert second.anchor == "id_answer"  # the group of radio buttons, not one of them


def test_errors_of_a_formset_name_the_row():
    rows = forms.formset_factory(ReportForm, extra=0, max_num=1, validate_max=True)
    data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}
    data |= {"form-0-author": "Mai", "form-0-poor": 1, "form-0-answer": "a", "form-0-revision": 1}
    formset = rows({**data, "form-1-author": "Mai", "form-1-answer": "a", "form-1-revision": 1})

    whole, missing = portal.field_errors([formset])

    assert whole.anchor == ""
    assert missing.anchor == "id_form-1-poor"
    assert missing.label == "Dòng 2 – Số hộ nghèo"


def test_nothing_to_mend_prints_nothing():
    source = '{% include "components/error_summary.html" with source=form only %}'

    assert portal.field_errors(None) == []
    assert "notice" not in render(source, form=ReportForm())


def test_the_summary_links_to_the_field_and_escapes_the_message():
    form = ReportForm({"author": "<script>alert(1)</script>"})
    form.full_clean()
    form.add_error("author", "Không nhận <script>.")

    html = render('{% include "components/error_summary.html" with source=form only %}', form=form)

    assert 'href="#id_author"' in html
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert "có 5 chỗ cần sửa" in html


def test_a_field_ties_label_help_and_error_to_its_control():
    html = field("author", {"author": ""})

    assert '<label class="field__label" for="id_author">' in html
    assert 'aria-describedby="id_author_helptext id_author_error"' in html
    assert 'id="id_author_helptext"' in html
    assert 'id="id_author_error"' in html
    assert 'aria-invalid="true"' in html
    assert "không bắt buộc" not in html


def test_radio_buttons_form_a_group_with_a_legend():
    html = field("answer", {})

    assert '<fieldset id="id_answer"' in html
    assert 'aria-describedby="id_answer_error"' in html
    assert '<label for="id_answer_1">Không đạt</label>' in html


def test_a_tick_box_stands_beside_its_words():
    html = field("sure")

    assert html.index('type="checkbox"') < html.index('<label for="id_sure">')


def test_a_hidden_field_has_no_label():
    assert field("revision") == '<input type="hidden" name="revision" id="id_revision">'


@pytest.mark.parametrize(
    ("name", "kind", "mode"),
    [
        ("author", 'class="form-control"', ""),
        ("poor", 'class="form-control num"', 'inputmode="numeric"'),
        ("rate", 'class="form-control num"', 'inputmode="decimal"'),
        ("signed", 'class="form-control date"', ""),
        ("block", 'class="form-select"', ""),
        ("sure", "", ""),
    ],
)
def test_controls_are_dressed_by_their_kind(name, kind, mode):
    html = portal.control(ReportForm()[name])

    assert kind in html
    assert mode in html
    assert ("class=" in html) is bool(kind)
    assert ("inputmode=" in html) is bool(mode)


def test_a_control_keeps_what_the_form_chose_and_takes_what_the_page_adds():
    form = ReportForm()
    form.fields["poor"].widget.attrs.update({"class": "narrow", "inputmode": "text"})

    html = portal.control(form["poor"], aria_labelledby="r1 c2", placeholder="")

    assert 'class="form-control num narrow"' in html
    assert html.count("inputmode") == 1
    assert 'inputmode="text"' in html
    assert 'aria-labelledby="r1 c2"' in html
    assert "placeholder" not in html


def test_a_date_is_read_day_first_and_printed_back_the_same():
    form = ReportForm({"signed": "03/04/2026"})
    form.full_clean()

    assert form.cleaned_data["signed"] == date(2026, 4, 3)
    assert 'value="03/04/2026"' in portal.control(
        ReportForm(initial={"signed": date(2026, 4, 3)})["signed"]
    )


def test_a_component_carries_the_token_without_being_handed_it():
    html = render("{% csrf_input %}", get())

    assert 'name="csrfmiddlewaretoken"' in html


def test_without_a_request_there_is_no_token():
    assert render("{% csrf_input %}") == ""


class Step:
    def __init__(self, name, obstacles=(), needs_note=""):
        self.name, self.label, self.obstacles = name, f"làm {name}", obstacles
        self.needs_note = needs_note


def steps_page(*steps):
    source = '{% include "components/steps.html" with steps=steps action="/buoc/" only %}'
    return render(source, get(), steps=steps)


def test_a_step_that_is_open_is_a_button_in_a_form():
    html = steps_page(Step("submit"))

    assert '<form method="post" action="/buoc/" data-once>' in html
    assert '<input type="hidden" name="step" value="submit">' in html
    assert "disabled" not in html
    assert ">Làm submit</button>" in html


def test_a_step_that_is_barred_says_why():
    html = steps_page(Step("accept", ("Thiếu minh chứng <3>.", "Không có quyền.")))

    assert 'disabled aria-describedby="why-accept"' in html
    assert "<li>Thiếu minh chứng &lt;3&gt;.</li>" in html
    assert "<li>Không có quyền.</li>" in html


def test_a_step_that_needs_a_reason_asks_for_it():
    html = steps_page(Step("return", needs_note="Lý do trả lại"))

    assert '<label class="field__label mt-2" for="note-return">Lý do trả lại</label>' in html
    assert 'name="note" rows="3" required' in html


COLUMNS = [
    {"label": "Đơn vị", "key": "ten"},
    {"label": "Hộ nghèo", "key": "ho", "numeric": True},
    {"label": "Ghi chú", "key": "", "hint": "do đơn vị ghi"},
]


def pager(url, number, rows=743):
    page = Paginator(range(rows), 25).get_page(number)
    source = '{% include "components/pagination.html" with page=page noun="báo cáo" only %}'
    return render(source, get(url), page=page)


def test_pages_keep_the_filters_and_count_in_words():
    html = pager("/?q=%C4%91o%C3%A0n&trang=3", 3)

    assert " ".join(html.split()).count("51–75 trong 743 báo cáo") == 1
    assert 'href="?q=%C4%91o%C3%A0n&amp;trang=2" rel="prev"' in html
    assert 'href="?q=%C4%91o%C3%A0n&amp;trang=4" rel="next"' in html
    assert 'aria-current="page"' in html
    assert "…" in html


def test_one_page_has_no_page_links_and_none_no_pager():
    assert "<a " not in pager("/", 1, rows=3)
    assert pager("/", 1, rows=0).endswith("#}") is False
    assert "<nav" not in pager("/", 1, rows=0)


def test_optional_parts_of_components_may_be_left_out():
    html = render(
        """{% include "components/empty.html" with title="Chưa có" only %}
        {% include "components/timeline.html" with entries=entries only %}
        {% include "components/findings.html" with title="Vướng" sentences=sentences only %}""",
        get(),
        entries=[{"label": "trình ký", "at": LAST_SECOND, "by": "Mai"}],
        sentences=["Thiếu."],
    )

    assert "Trình ký" in html
    assert 'role="alert"' in html
