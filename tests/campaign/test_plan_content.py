"""The plan as shipped: campaign/data/plan_166.json says what Kế hoạch 166/KH-UBND says."""

import json
import re
import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    ROOT / app / "data" / "plan_166.json" for app in ("campaign", "criteria", "awards", "reports")
]
PLAN = json.loads(FILES[0].read_text(encoding="utf-8"))
TIERS = {"department", "district", "commune", "village", "household", "cadre", "enterprise"}
REPORTING = ["department", "district", "commune", "village", "enterprise"]
CLAUSE = re.compile(r"(I\.1, ý 3|II\.1|II\.2\.[abcdđef]|II\.3, ý [1-4]|IV\.[1-4]|V\.[1-7])")


def by(rows, key):
    return {row[key]: row for row in rows}


def clauses(value):
    """Every clause named anywhere in the file; "V.5; V.6" names two."""
    if isinstance(value, dict):
        yield from value.get("clause", "").split("; ") if "clause" in value else ()
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from clauses(part)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_file_is_composed_unicode_without_doubled_or_trailing_blanks(path):
    text = path.read_text(encoding="utf-8")

    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[^ \n] {2,}|[ \t]+$|\u00a0|\u200b", text, re.MULTILINE)


def test_campaign_carries_the_head_of_the_plan():
    campaign = PLAN["campaign"]

    assert campaign["plan_number"] == "166/KH-UBND"
    assert (campaign["plan_date"], campaign["province_code"]) == ("2022-06-29", "26")
    assert (campaign["starts"], campaign["ends"]) == ("2021-01-01", "2025-12-31")
    assert "666/QĐ-TTg ngày 02/6/2022" in campaign["basis"]
    assert campaign["signer"].startswith("Vũ Việt Văn")


def test_every_clause_exists_in_the_plan():
    named = list(clauses(PLAN))

    assert len(named) > 50
    assert [clause for clause in named if not CLAUSE.fullmatch(clause)] == []


def test_parts_of_the_plan_are_complete_and_in_order():
    assert [row["code"] for row in PLAN["goals"]] == ["T1", "T2", "T3", "T4"]
    assert "".join(row["letter"] for row in PLAN["contents"]) == "abcdđef"
    assert [row["clause"] for row in PLAN["contents"]] == [f"II.2.{x}" for x in "abcdđef"]
    assert [row["clause"] for row in PLAN["solutions"]] == [f"II.3, ý {n}" for n in range(1, 5)]
    assert [row["clause"] for row in PLAN["phases"]] == [f"IV.{n}" for n in range(1, 5)]
    for part in ("groups", "contents", "solutions", "phases"):
        positions = [row["position"] for row in PLAN[part]]
        assert positions == list(range(1, len(positions) + 1))


@pytest.mark.parametrize(
    ("goal", "direction", "target", "due", "words"),
    [
        ("T1", "below", 0.5, "2025-12-31", "toàn tỉnh xuống dưới 0,5%"),
        ("T2", "below", 2.5, "2025-12-31", "dưới 2,5% trong tổng số hộ nghèo đa chiều toàn tỉnh"),
        ("T3", "at_least", 100, "2022-12-31", "Đến cuối năm 2022, 100% số xã"),
        ("T4", "at_least", 100, "2025-12-31", "hộ nghèo, hộ mới thoát nghèo và hộ cận nghèo"),
    ],
)
def test_goal_keeps_its_figure_and_condition(goal, direction, target, due, words):
    row = by(PLAN["goals"], "code")[goal]

    assert (row["direction"], row["target"], row["due"]) == (direction, target, due)
    assert words in row["statement"]


def test_share_goals_pair_each_part_with_its_whole():
    indicators = by(json.loads(FILES[1].read_text(encoding="utf-8"))["indicators"], "code")
    shares = [row for row in PLAN["goals"] if row["measure"] == "indicator_share"]

    assert [row["code"] for row in shares] == ["T3", "T4"]
    for row in shares:
        parts, wholes = row["numerator"].split(), row["denominator"].split()
        assert [indicators[part]["part_of"] for part in parts] == wholes


def test_tiers_are_those_of_section_three():
    named = {tier for part in ("groups", "contents") for row in PLAN[part] for tier in row["tiers"]}

    assert named == TIERS
    assert all(row["tiers"] for part in ("groups", "contents") for row in PLAN[part])


def test_periods_are_four_years_the_interim_and_the_final():
    periods = by(PLAN["periods"], "code")

    assert list(periods) == ["2022", "2023", "2024", "2025", "interim-2023", "final-2025"]
    assert [row["kind"] for row in periods.values()] == ["yearly"] * 4 + ["interim", "final"]
    assert [row["clause"] for row in periods.values()] == ["V.4"] * 4 + ["IV.3", "IV.4"]
    for code in ("interim-2023", "final-2025"):
        assert periods[code]["deadlines"] == []
    for row in periods.values():
        span = [date.fromisoformat(row[key]) for key in ("starts", "ends", "reference_date")]
        assert span[0] < span[1] == span[2]


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_reports_to_the_province_are_due_on_the_last_second_before_december(year):
    due = {row["tier"]: row["due"] for row in by(PLAN["periods"], "code")[str(year)]["deadlines"]}
    last_second = f"{year}-11-30T23:59:59+07:00"

    assert due["department"] == last_second
    if year < 2025:
        assert due["district"] == last_second
        assert list(due) == REPORTING
    else:
        assert due["commune"] == last_second
        assert "district" not in due


def test_local_deadlines_come_before_the_plan_and_say_that_they_are_local():
    for period in PLAN["periods"]:
        for row in period["deadlines"]:
            due, lock = (datetime.fromisoformat(row[key]) for key in ("due", "lock"))
            assert due < lock
            assert due.isoformat() <= f"{period['year']}-11-30T23:59:59+07:00"
            assert "do cổng đặt" in row["note"] or "V.4" in row["note"]


def test_each_duty_is_held_by_one_unit_on_every_day_since_the_plan():
    kinds = {}
    for row in PLAN["duties"]:
        kinds.setdefault(row["kind"], []).append(row)

    assert len(kinds) == 8
    for rows in kinds.values():
        assert rows[0]["starts"] == PLAN["campaign"]["plan_date"]
        assert rows[-1]["ends"] is None
        assert all(a["ends"] == b["starts"] for a, b in zip(rows, rows[1:], strict=False))
        assert all(row["basis"] and row["unit_code"] for row in rows)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("receives_reports", "BTDKT", "BTDKT"),
        ("council_standing", "BTDKT", "BTDKT"),
        ("poverty_lead", "SLDTBXH", "SNNMT"),
        ("interim_lead", "SLDTBXH", "SNNMT"),
        ("final_lead", "BTDKT", "BTDKT"),
        ("publicity", "STTTT", "SVHTTDL"),
        ("inspection", "BTDKT", "BTDKT"),
        ("budget", "BTDKT", "BTDKT"),
    ],
)
def test_duty_passes_to_its_successor_at_the_two_reorganisations(kind, first, last):
    rows = [row for row in PLAN["duties"] if row["kind"] == kind]

    held = [(row["starts"], row["unit_code"], row["province_code"]) for row in rows]

    assert held == [
        ("2022-06-29", first, "26"),
        ("2025-03-01", last, "26"),
        ("2025-07-01", last, "25"),
    ]
    assert rows[0]["confidence"] in {"confirmed", "established"}
    assert "confirmed" not in {row["confidence"] for row in rows[1:]}
