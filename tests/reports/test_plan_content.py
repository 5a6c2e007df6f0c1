"""Outline, annexes and award forms as shipped fit together."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTENT = json.loads((ROOT / "reports/data/plan_166.json").read_text(encoding="utf-8"))
FORMS = json.loads((ROOT / "awards/data/plan_166.json").read_text(encoding="utf-8"))["forms"]
REPORTING = {"department", "district", "commune", "village", "enterprise"}
ANNEXES = {row["code"]: row for row in CONTENT["annexes"]}


def sections_of(tier):
    return [row for row in CONTENT["outline"] if tier in row["tiers"]]


def test_award_forms_are_the_four_families_of_the_plan():
    assert [(row["clause"], row["name"]) for row in FORMS] == [
        ("III.2.a, ý 1", "Huân chương Lao động"),
        ("III.2.a, ý 2", "Bằng khen của Thủ tướng Chính phủ"),
        ("III.2.a, ý 3", "Bằng khen cấp bộ, ban, ngành, tỉnh, đoàn thể trung ương"),
        ("III.2.a, ý 4", "Giấy khen"),
    ]
    assert len({row["code"] for row in FORMS}) == 4


def test_outline_codes_are_unique_and_in_order():
    codes = [row["code"] for row in CONTENT["outline"]]

    assert len(set(codes)) == len(codes)
    assert [row["position"] for row in CONTENT["outline"]] == list(range(1, len(codes) + 1))
    for row in CONTENT["outline"]:
        assert row["tiers"]
        assert set(row["tiers"]) <= REPORTING
        assert row["prompt"].endswith((".", ")."))


@pytest.mark.parametrize(
    ("tier", "sections"),
    [("department", 14), ("district", 17), ("commune", 17), ("village", 7), ("enterprise", 5)],
)
def test_each_tier_has_its_own_length_of_report(tier, sections):
    rows = sections_of(tier)

    assert len(rows) == sections
    assert len({row["code"].split("-")[0] for row in rows}) == sections
    assert rows[0]["code"].split("-")[0] == "1"
    assert rows[-1]["code"] == "12"
    assert any(row["passage"] for row in rows)


def test_every_content_of_the_plan_has_a_section():
    named = {part for row in CONTENT["outline"] for part in row["clause"].split("; ")}

    assert {f"II.2.{letter}" for letter in "abcdđef"} <= named


def test_annexes_run_from_b1_to_b7_and_only_the_first_is_computed():
    assert list(ANNEXES) == [f"B{n}" for n in range(1, 8)]
    assert [code for code, row in ANNEXES.items() if row["computed"]] == ["B1"]
    assert [row["position"] for row in ANNEXES.values()] == list(range(1, 8))


@pytest.mark.parametrize("code", sorted(ANNEXES))
def test_columns_are_well_formed(code):
    columns = ANNEXES[code]["columns"]

    assert len({column["name"] for column in columns}) == len(columns)
    for column in columns:
        assert column["name"].isascii()
        assert column["kind"] in {"text", "integer", "decimal", "date", "choice"}
        assert bool(column["choices"]) == (column["kind"] == "choice")
        assert not column["total"] or column["kind"] in {"integer", "decimal"}
    assert any(column["required"] for column in columns)


def test_commendations_offer_the_forms_of_the_plan_and_the_kinds_of_recipient():
    columns = {column["name"]: column for column in ANNEXES["B6"]["columns"]}

    assert columns["form"]["choices"] == [row["name"] for row in FORMS]
    assert columns["recipient"]["choices"] == ["Tập thể", "Cá nhân", "Hộ gia đình", "Doanh nghiệp"]


def test_registration_annex_counts_households_and_names_none():
    assert {column["name"] for column in ANNEXES["B7"]["columns"]} == {
        "place",
        "registered",
        "achieved",
        "missed",
        "reason",
    }
