"""A published table: every slip is found, and nothing that rounding explains."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import Workbook
from pytest_django.asserts import assertContains

from tests.factories.units import DepartmentFactory, person
from tests.units.published_tables import DISTRICTS, FAULTS, TOTAL, line, tien_giang
from units.kinds import Role
from units.poverty import published
from units.poverty.published import Line, Verdict, checked

HEADS = ("unit_name", "total_hh", "poor_hh", "poor_rate", "near_poor_hh", "near_poor_rate")


def told(findings):
    return [(found.name, found.column, found.rule) for found in findings]


def test_the_real_table_has_its_four_faults_and_no_other():
    verdict = checked(tien_giang())

    assert [(found.name, found.column) for found in verdict.faults] == [
        (name, column) for name, column, _ in FAULTS
    ]
    for found, (_, _, words) in zip(verdict.faults, FAULTS, strict=True):
        assert words in found.message


def test_what_it_leaves_out_is_a_gap_and_no_fault():
    verdict = checked(tien_giang())

    assert told(verdict.gaps) == [
        ("Thị xã Gò Công", name, "missing_value")
        for name in ("poor_rate", "near_poor", "near_rate")
    ]


def test_sums_that_follow_from_the_doubted_cells_are_told_apart():
    """8,172 against 8,112: with 1.67% and 1.37% taken as right, 8,112 can be the sum."""
    verdict = checked(tien_giang())

    assert told(verdict.followed) == [
        ("TỔNG CÔNG BỐ", "poor", "sum_mismatch"),
        ("TỔNG CÔNG BỐ", "near_poor", "sum_mismatch"),
    ]
    assert "được 8.172, dòng tổng ghi 8.112, chênh 60 hộ" in verdict.followed[0].message


@pytest.mark.parametrize(
    ("place", "published", "column"), [(1, 506185, "households"), (2, 8300, "poor")]
)
def test_a_total_that_nothing_explains_is_a_fault(place, published, column):
    total = list(TOTAL)
    total[place] = published
    lines = [line(2, total, is_total=True), *tien_giang()[1:]]

    assert ("TỔNG CÔNG BỐ", column, "sum_mismatch") in told(checked(lines).faults)


def test_a_right_table_is_sound():
    lines = [line(3, DISTRICTS[0]), line(4, DISTRICTS[2])]
    whole = ("Tổng cộng", 53904 + 77197, 793 + 1370, "1.65", 2036 + 1649, "2.81")

    assert checked([*lines, line(5, whole, is_total=True)]) == Verdict((), (), ())


@pytest.mark.parametrize(
    ("rate", "wrong"),
    [("1.6", False), ("1.7", True), ("1.60", False), ("1.65", True), ("2", False)],
)
def test_a_rate_is_held_to_the_places_that_it_is_written_with(rate, wrong):
    """8,112 of 506,184 are 1.6026 percent."""
    lines = [Line(2, "Tỉnh", 506184, 8112, Decimal(rate), 0, Decimal(0))]

    assert bool(checked(lines).faults) == wrong


def test_more_poor_than_households_is_a_fault():
    lines = [Line(2, "Xã", 10, 6, Decimal(60), 5, Decimal(50))]

    assert told(checked(lines).faults) == [("Xã", "households", "parts_exceed_total")]


# The page


def rows():
    return [dict(zip(HEADS, row, strict=True)) for row in (TOTAL, *DISTRICTS)]


def as_csv():
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADS)
    writer.writeheader()
    writer.writerows(rows())
    return named(out.getvalue().encode(), "bang.csv")


def as_xlsx():
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(HEADS)
    for row in rows():
        rates = {name: float(row[name]) for name in HEADS if "rate" in name and row[name]}
        sheet.append(list((row | rates).values()))
    out = io.BytesIO()
    workbook.save(out)
    return named(out.getvalue(), "bang.xlsx")


def named(content, name):
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.fixture
def reader(client, db):
    client.force_login(person(Role.REPORTER, DepartmentFactory()))
    return client


@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_the_page_tells_faults_gaps_and_what_follows(reader, made):
    page = reader.post(reverse("units:poverty_check"), {"tep": made()})

    assert [found.name for found in page.context["verdict"].faults] == [
        name for name, _, _ in FAULTS
    ]
    assertContains(page, "4 lỗi số học")
    assertContains(page, "3 ô bảng để trống")
    assertContains(page, "Dòng tổng lệch do các ô trên")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "trống (0 byte)"), (b"ten,tuoi\nA,1\n", "không có trong mẫu"), (b"%PDF-1.7", "PDF")],
)
def test_what_is_no_such_table_is_told_at_the_field(reader, content, says):
    page = reader.post(reverse("units:poverty_check"), {"tep": named(content, "bang.csv")})

    assert "verdict" not in page.context
    assert says in page.context["form"].errors["tep"][0]


@pytest.mark.parametrize(("totals", "refused"), [(50, False), (51, True)])
def test_a_file_of_totals_is_no_table(reader, totals, refused):
    lines = ["ten,tong_ho", "Xã A,10", *["Tổng cộng,11"] * totals]
    file = named("\n".join(lines).encode(), "bang.csv")

    page = reader.post(reverse("units:poverty_check"), {"tep": file})

    assert ("verdict" in page.context) != refused
    if refused:
        assert "Bảng có 51 dòng tổng" in page.context["form"].errors["tep"][0]
    else:
        sums = [found.rule for found in page.context["verdict"].faults]
        assert sums == ["sum_mismatch"] * totals


def test_the_parts_are_added_up_once_however_many_totals_there_are(monkeypatch):
    asked = []
    monkeypatch.setattr(published, "_range", lambda line, *rest: asked.append(line) or (0, 0))
    lines = [Line(2, "Xã A", households=5), Line(3, "Xã B", households=5)]

    checked([*lines, *(Line(n, "Tổng cộng", households=n, is_total=True) for n in range(20, 30))])

    assert len(asked) == len(lines) * len(published.COUNTS)


def test_no_file_is_told_too(reader):
    page = reader.post(reverse("units:poverty_check"), {})

    assertContains(page, "Hãy chọn tệp")


def test_the_empty_table_has_the_columns_that_are_read(reader):
    response = reader.get(reverse("units:poverty_check_template", args=[".csv"]))

    head = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()[0]
    assert head.startswith("Đơn vị,Tổng số hộ,Hộ nghèo,Tỷ lệ hộ nghèo (%)")
