import base64
import json
import struct
from decimal import Decimal

import pytest
from lxml import etree

from reports.papers import charts, patterns
from tests.reports.papers import samples

SVG = {"svg": "http://www.w3.org/2000/svg"}
TWO = [("Vĩnh Yên", "2022", Decimal("1234.5")), ("Vĩnh Yên", "2023", 900), ("Sông Lô", "2022", 10)]
SPECS = {
    "grouped": charts.grouped_bars(TWO, unit="hộ", title="Hộ nghèo", alt="Giảm"),
    "stacked": charts.stacked_bars(TWO, unit="hộ", title="Hộ nghèo", alt="Giảm"),
    "ranked": charts.ranked_bars(
        [("Lập Thạch", 2), ("Sông Lô", 7), ("Tam Đảo", None)],
        unit="điểm",
        title="Mức giảm",
        target=Decimal("5.5"),
    ),
    "lines": charts.lines(
        [("2021", "Nghèo", Decimal("0.84")), ("2022", "Nghèo", 1.52), ("2023", "Nghèo", None)],
        unit="%",
        title="Tỷ lệ",
        target=0.5,
        breaks=("2022",),
    ),
}


def drawn(spec):
    return etree.fromstring(charts.svg(spec).encode())


def texts(spec):
    return [t.text for t in drawn(spec).iterfind(".//svg:text", SVG)]


def gray(colour):
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", SPECS)
def test_a_spec_is_plain_json(name):
    assert json.loads(json.dumps(SPECS[name]))["$schema"].endswith("vega-lite/v6.json")


@pytest.mark.parametrize("name", SPECS)
def test_a_drawing_may_stand_inline_under_a_strict_policy(name):
    root = drawn(SPECS[name])

    assert {"script", "style", "foreignObject", "image", "a"}.isdisjoint(
        etree.QName(element).localname for element in root.iter()
    )
    assert not [e for e in root.iter() if e.get("style") or any(a[:2] == "on" for a in e.attrib)]
    assert "http" not in charts.svg(SPECS[name]).replace("http://www.w3.org/", "")


def test_a_drawing_names_itself_in_vietnamese():
    root = drawn(SPECS["grouped"])
    named = [root.find(f".//*[@id='{part}']").text for part in root.get("aria-labelledby").split()]

    assert root.get("role") == "img"
    assert named == ["Hộ nghèo", "Giảm"]
    assert "aria-roledescription" not in charts.svg(SPECS["grouped"])


def test_ids_differ_between_drawings_on_one_page():
    ids = [e.get("id") for name in SPECS for e in drawn(SPECS[name]).iter() if e.get("id")]

    assert len(ids) == len(set(ids))


def test_numbers_are_written_the_vietnamese_way():
    assert "1.234,5" in texts(SPECS["grouped"])
    assert "1.200" in texts(SPECS["grouped"])


def test_stacked_bars_print_their_sum():
    assert "2.134,5" in texts(SPECS["stacked"])


def test_ranked_bars_put_the_largest_on_top_and_leave_out_the_unknown():
    names = [t for t in texts(SPECS["ranked"]) if t in ("Lập Thạch", "Sông Lô", "Tam Đảo")]

    assert names == ["Sông Lô", "Lập Thạch"]
    assert "Chỉ tiêu: 5,5" in texts(SPECS["ranked"])


def test_a_line_is_cut_where_the_standard_changes_and_says_so():
    root = drawn(SPECS["lines"])

    assert "đổi chuẩn" in texts(SPECS["lines"])
    assert len(SPECS["lines"]["data"]["values"]) == 3
    parts = [row["part"] for row in SPECS["lines"]["data"]["values"]]
    assert parts == [0, 1, 1]
    assert root.find("svg:title", SVG).text == "Tỷ lệ"


def test_order_of_categories_and_series_is_kept():
    order = [t for t in texts(SPECS["grouped"]) if t in ("Vĩnh Yên", "Sông Lô", "2022", "2023")]

    assert order == ["Vĩnh Yên", "Sông Lô", "2022", "2023"]


def test_neighbouring_fills_differ_in_gray_and_hatching():
    grays = [gray(ground) for ground, _ in patterns.FILLS]

    assert all(abs(a - b) > 0.15 for a, b in zip(grays, grays[1:], strict=False))
    assert len({path for _, path in patterns.FILLS}) == len(patterns.FILLS)


def test_the_image_is_a_png_three_times_the_size():
    image = charts.png(SPECS["ranked"])
    wide, high = charts.size(SPECS["ranked"])

    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", image[16:24]) == (wide * 3, high * 3)


def test_an_address_for_img_holds_the_drawing():
    head, _, body = charts.data_uri(SPECS["ranked"]).partition(",")

    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(body).decode() == charts.svg(SPECS["ranked"])


def test_equal_specs_are_drawn_once():
    before = charts._svg.cache_info().hits
    charts.svg(SPECS["grouped"])
    charts.svg(charts.grouped_bars(TWO, unit="hộ", title="Hộ nghèo", alt="Giảm"))

    assert charts._svg.cache_info().hits > before


@pytest.mark.parametrize("draw", [charts.grouped_bars, charts.stacked_bars, charts.lines])
def test_no_figures_and_hostile_names_are_drawn_all_the_same(draw):
    words = samples.HOSTILE
    assert charts.svg(draw([], unit="hộ", title="t"))
    assert charts.svg(draw([("a", "b", None)], unit="hộ", title="t"))
    root = drawn(draw([(words, words, 1), ("b", "c", 2)], unit=words, title=words))

    assert root.find("svg:title", SVG).text == words


def test_crowded_figures_stand_upright():
    crowd = [(f"Xã {n}", s, 12345.5) for n in range(12) for s in ("a", "b", "c")]
    spec = charts.grouped_bars(crowd, unit="hộ", title="t")

    assert "rotate(-90)" in charts.svg(spec).partition("12.345,5")[0][-200:]
