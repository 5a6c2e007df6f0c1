"""The criteria as shipped: Section III.1 of the plan, and the numbers that reports ask for."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTENT = json.loads((ROOT / "criteria/data/plan_166.json").read_text(encoding="utf-8"))
OUTLINE = json.loads((ROOT / "reports/data/plan_166.json").read_text(encoding="utf-8"))["outline"]
SETS = {row["letter"]: row for row in CONTENT["sets"]}
CRITERIA = {row["clause"]: row for each in CONTENT["sets"] for row in each["criteria"]}
INDICATORS = {row["code"]: row for row in CONTENT["indicators"]}
REPORTING = {"department", "district", "commune", "village", "enterprise"}


def test_seven_sets_hold_thirty_one_criteria():
    counts = {letter: len(row["criteria"]) for letter, row in SETS.items()}

    assert counts == {"a": 5, "b": 8, "c": 5, "d": 5, "đ": 3, "e": 2, "f": 3}
    assert len(CRITERIA) == 31


def test_each_letter_measures_its_own_tier():
    assert {letter: row["tier"] for letter, row in SETS.items()} == {
        "a": "department",
        "b": "district",
        "c": "commune",
        "d": "village",
        "đ": "household",
        "e": "cadre",
        "f": "enterprise",
    }


def test_clauses_follow_letter_and_number():
    for letter, row in SETS.items():
        assert row["clause"] == f"III.1.{letter}"
        assert [each["clause"] for each in row["criteria"]] == [
            f"III.1.{letter}, ý {number}" for number in range(1, len(row["criteria"]) + 1)
        ]
        assert [each["number"] for each in row["criteria"]] == list(
            range(1, len(row["criteria"]) + 1)
        )


def test_points_are_said_to_be_local():
    assert {row["points"] for row in SETS.values()} == {100}
    assert "Kế hoạch không có điểm số" in CONTENT["source"]["note"]


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("III.1.a, ý 1", "đúng thời hạn"),
        ("III.1.a, ý 1", "hộ nghèo không có khả năng lao động"),
        ("III.1.a, ý 2", "đúng thời hạn"),
        ("III.1.a, ý 2", "theo chỉ đạo của cấp có thẩm quyền"),
        ("III.1.a, ý 3", "địa bàn miền núi"),
        ("III.1.a, ý 4", "hạn chế tái nghèo"),
        ("III.1.a, ý 5", "Ngân hàng Chính sách xã hội"),
        ("III.1.b, ý 1", "các xã, thôn còn khó khăn"),
        ("III.1.b, ý 2", "thường xuyên kiểm tra"),
        ("III.1.b, ý 3", "quyết toán đúng thời gian quy định"),
        ("III.1.b, ý 3", "định kỳ, đột xuất"),
        ("III.1.b, ý 5", "Quỹ Vì người nghèo các cấp"),
        ("III.1.b, ý 6", "3 cấp Vĩnh Phúc"),
        ("III.1.b, ý 7", "Hằng năm"),
        ("III.1.b, ý 8", "hộ nghèo và hộ cận nghèo đa chiều giảm trên 50% so với đầu kỳ"),
        ("III.1.c, ý 2", "thiếu hụt các chỉ số của từng hộ"),
        ("III.1.c, ý 3", "đúng chế độ, đối tượng và quyết toán đúng thời gian quy định"),
        ("III.1.c, ý 4", "thu hồi và luân chuyển được phần vốn"),
        ("III.1.c, ý 5", "vượt chỉ tiêu kế hoạch"),
        ("III.1.d, ý 1", "công khai, minh bạch và kịp thời"),
        ("III.1.d, ý 5", "vượt chỉ tiêu kế hoạch"),
        ("III.1.đ, ý 1", "tự nguyện đăng ký thoát nghèo"),
        ("III.1.đ, ý 3", "đúng mục đích, trả lãi, trả gốc đúng hạn"),
        ("III.1.e, ý 2", "cập nhật đầy đủ"),
        ("III.1.f, ý 2", "dạy nghề và tạo việc làm"),
    ],
)
def test_statement_keeps_figures_and_conditions(clause, words):
    assert words in CRITERIA[clause]["statement"]


def test_district_criterion_eight_needs_more_than_half_and_states_the_assumed_baseline():
    row = CRITERIA["III.1.b, ý 8"]

    assert (row["kind"], row["measure"]) == ("number", "poor_near_poor_reduction")
    assert (row["threshold"], row["direction"], row["unit"]) == (50, "above", "%")
    assert row["baseline_year"] == 2021
    assert "giả định" in row["note"]


@pytest.mark.parametrize("clause", ["III.1.c, ý 5", "III.1.d, ý 5"])
def test_commune_and_village_must_exceed_their_plan(clause):
    row = CRITERIA[clause]

    assert (row["kind"], row["measure"]) == ("number", "poor_rate_reduction_over_plan")
    assert (row["threshold"], row["direction"], row["unit"]) == (0, "above", "điểm %")


def test_the_other_criteria_are_graded_and_hint_at_evidence():
    graded = [row for row in CRITERIA.values() if row["kind"] == "graded"]

    assert len(graded) == 28
    for row in graded:
        assert (row["measure"], row["threshold"], row["direction"]) == ("", None, "")
        assert row["evidence_hint"]


def test_item_printed_twice_in_the_plan_is_kept_and_noted():
    first, second = CRITERIA["III.1.a, ý 1"], CRITERIA["III.1.a, ý 2"]

    assert first["statement"].split(".")[0] in second["statement"]
    assert "giữ nguyên như b" in first["note"]
    assert "giữ nguyên như b" in second["note"]


def test_sub_items_split_a_criterion_in_at_least_two():
    for row in CRITERIA.values():
        assert len(row["items"]) != 1
        assert len({item["text"] for item in row["items"]}) == len(row["items"])


def test_indicators_are_few_unique_and_well_formed():
    assert len(INDICATORS) == len(CONTENT["indicators"])
    assert 25 <= len(INDICATORS) <= 35
    assert len({row["label"] for row in INDICATORS.values()}) == len(INDICATORS)
    for code, row in INDICATORS.items():
        assert code.isascii()
        assert code.replace("_", "a").isalnum()
        assert row["rollup"] in CONTENT["rollups"]
        assert row["kind"] in {"integer", "decimal"}
        assert row["minimum"] == 0
        assert row["tiers"]
        assert set(row["tiers"]) <= REPORTING
        assert row["label"]
        assert row["help"]


def test_part_is_asked_only_where_its_whole_is_asked_in_the_same_unit():
    for row in INDICATORS.values():
        if row["part_of"]:
            whole = INDICATORS[row["part_of"]]
            assert set(row["tiers"]) <= set(whole["tiers"])
            assert (row["unit"], row["rollup"]) == (whole["unit"], whole["rollup"])
            assert row["section"] == whole["section"]


def test_every_indicator_stands_in_a_section_that_its_tiers_have():
    sections = {row["code"]: set(row["tiers"]) for row in OUTLINE}

    for row in INDICATORS.values():
        assert set(row["tiers"]) <= sections[row["section"]]


def test_what_rolls_up_is_asked_at_the_tier_that_receives_it():
    above = {"village": "commune", "enterprise": "commune", "commune": "district"}

    for row in INDICATORS.values():
        if row["rollup"] != "none":
            needed = {above[tier] for tier in row["tiers"] if tier in above}
            assert needed <= set(row["tiers"])


def test_blocks_come_from_the_decision_of_2019_and_share_no_unit():
    members = [code for block in CONTENT["blocks"] for code in block["members"]]

    assert [len(block["members"]) for block in CONTENT["blocks"]] == [8, 7, 5]
    assert len(set(members)) == len(members)
    assert all("997/QĐ-UBND" in block["basis"] for block in CONTENT["blocks"])
