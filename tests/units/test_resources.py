"""The register as a workbook: the rows of the screen, dates as people read them, text as text."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories.units import CommuneFactory, DistrictFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db


def rows_of(response):
    content = b"".join(response.streaming_content)
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def test_the_workbook_holds_what_the_filter_finds(client):
    district = DistrictFactory(short_name="Tam Đảo", name="Huyện Tam Đảo")
    CommuneFactory(parent=district, short_name="Đại Đình", name="Xã Đại Đình", code="08923")
    client.force_login(person(Role.REPORTER, district))

    rows = rows_of(client.get(reverse("units:download"), {"q": "dai dinh", "ngay": "24/11/2023"}))

    assert rows[0][:4] == ("Mã", "Tên đầy đủ", "Cấp", "Loại")
    assert [row[:2] for row in rows[1:]] == [("08923", "Xã Đại Đình")]
    assert rows[1][4:7] == ("Huyện Tam Đảo", "01/01/2021", None)


def test_a_name_that_looks_like_a_formula_stays_text(client):
    unit = CommuneFactory(name='=HYPERLINK("x")', short_name="Lạ")
    client.force_login(person(Role.REPORTER, unit))

    content = b"".join(client.get(reverse("units:download")).streaming_content)
    cells = [row[1] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]

    assert (cells[-1].value, cells[-1].data_type) == ('=HYPERLINK("x")', "s")
