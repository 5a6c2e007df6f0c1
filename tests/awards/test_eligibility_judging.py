"""The checks themselves: plain facts in, findings out; no database."""

from dataclasses import replace
from datetime import date

import pytest

from awards.eligibility.facts import (
    Alike,
    Clause,
    Decider,
    Demand,
    Facts,
    Heir,
    Law,
    LedgerRow,
    Listing,
    Opinion,
    Paper,
    Rival,
    Stop,
)
from awards.eligibility.finding import TABLE, standing
from awards.eligibility.judging import judge, tie_key
from awards.history import ELSEWHERE, Entry
from awards.kinds import Check
from awards.models import Override

DAY = date(2023, 11, 24)
DECIDER = Decider("province", ("collective", "enterprise", "person"), "Đ79", date(2020, 1, 1), None)
LAW = Law(name="Nghị định giả lập", clauses={}, deciders=(DECIDER,))
CLEAN = Facts(
    pk=1,
    today=DAY,
    award_type="movement",
    recipient="collective",
    form_code="BK",
    form="Bằng khen",
    period_from=date(2023, 1, 1),
    period_to=date(2023, 12, 31),
    decision_day=DAY,
    year=2023,
    office="province",
    unit_name="Xã An Bình",
    unit_ends=None,
    women_share=None,
    direct=False,
    quota=None,
    offered=1,
    direct_in_round=(0, 1),
    central_forms=frozenset({"HC", "TTG"}),
    law=LAW,
)


def honour(**told):
    base = LedgerRow(
        5, 1, "1/", "collective", "an binh", "12/QĐ", date(2022, 12, 20), 2022, 2022, "movement",
        "BK", "Bằng khen", "Xã An Bình",
    )  # fmt: skip
    return Entry(base._replace(**told), None)


def rival(**told):
    base = Rival(9, 1, None, None, "collective", "movement", date(2023, 1, 1), date(2023, 12, 31),
                 "GK", "Giấy khen", "Đợt khác", 2023)  # fmt: skip
    return base._replace(**told)


def law(check=None, clause=None, **told):
    clauses = {check: clause or Clause("Điều 4")} if check else {}
    return replace(LAW, clauses=clauses, **told)


def stop(**told):
    base = Stop(3, "complaint", "khiếu nại", "theo đơn ngày 1/11", None, None)
    return base._replace(**told)


PAPER = Paper("minutes", "biên bản", 1, True, "Đ42", written_here=False)
POSTS = Demand("Đ46 k2", posts=True, posting_days=10)
CONSULTS = Demand("Đ31", consults=True)
ENDED = {"unit_ends": date(2023, 7, 1)}
DISSOLVED = (Heir("", "dissolve", date(2023, 7, 1), "NQ 1"),)
MERGED = (Heir("Xã Mới", "merge", date(2023, 7, 1), "NQ 1"),)
SINCE = Clause("TT 15", date(2023, 8, 1))

CASES = {
    "nothing to say": ({}, []),
    "an award of the same years": (
        {"entries": (honour(period_from=2023, period_to=2023),)},
        [("same", "hold"), ("next_period", "warn")],
    ),
    "an award of other years": ({"entries": (honour(),)}, []),
    "an award of another type": (
        {"entries": (honour(period_from=2022, period_to=2023, award_type="merit"),)},
        [],
    ),
    "no period stated, decided within": (
        {"entries": (honour(period_from=None, period_to=None, decided_on=date(2023, 3, 1)),)},
        [("same", "hold"), ("next_period", "warn")],
    ),
    "no period stated, decided before": (
        {"entries": (honour(period_from=None, period_to=None),)},
        [],
    ),
    "an award that may be another's": (
        {"entries": (honour(period_from=2023, period_to=2023)._replace(doubt=ELSEWHERE),)},
        [("namesakes", "info")],
    ),
    "nominated in another round": ({"rivals": (rival(),)}, [("same", "hold")]),
    "nominated for another year": (
        {"rivals": (rival(period_from=date(2022, 1, 1), period_to=date(2022, 12, 31)),)},
        [],
    ),
    "merit on a thematic award": (
        {"award_type": "merit", "entries": (honour(period_from=2022, period_to=2023),)},
        [("merit_basis", "block")],
    ),
    "merit on a merit award too": (
        {
            "award_type": "merit",
            "period_from": date(2022, 1, 1),
            "entries": (
                honour(),
                honour(
                    award_type="merit",
                    decided_on=date(2022, 5, 1),
                    period_from=None,
                    period_to=None,
                ),
            ),
        },
        [("same", "hold"), ("next_period", "warn")],
    ),
    "held": ({"stops": (stop(),)}, [("inquiry", "hold")]),
    "hold lifted": ({"stops": (stop(ended_on=DAY),)}, []),
    "discipline ended within the period": (
        {"stops": (stop(kind="discipline", ended_on=date(2023, 6, 1)),)},
        [("discipline", "warn")],
    ),
    "discipline ended before it": (
        {"stops": (stop(kind="discipline", ended_on=date(2022, 6, 1)),)},
        [],
    ),
    "a collective of women": (
        {"women_share": 70, "law": law(Check.WOMEN, Clause("k6", None, 70))},
        [("women", "info")],
    ),
    "not enough women": (
        {"women_share": 69, "law": law(Check.WOMEN, Clause("k6", None, 70))},
        [],
    ),
    "two state-level forms in a year": (
        {
            "form_code": "HC",
            "entries": (honour(form_code="TTG", decided_on=date(2023, 2, 2)),),
            "law": law(Check.STATE_ONCE, Clause("TT 08", None, 1)),
        },
        [("state_once", "warn")],
    ),
    "two orders for one achievement": (
        {
            "form_code": "HC",
            "entries": (
                honour(form_code="TTG", award_type="merit", period_from=2022, period_to=2023),
            ),
        },
        [("two_orders", "hold")],
    ),
    "dissolved, the rule holds": (
        ENDED | {"heirs": DISSOLVED, "law": law(Check.DISSOLVED, SINCE)},
        [("dissolved", "block")],
    ),
    "dissolved, before the rule": (ENDED | {"heirs": DISSOLVED}, [("dissolved", "info")]),
    "merged": (
        ENDED | {"heirs": MERGED, "law": law(Check.DISSOLVED, SINCE)},
        [("heirs", "info")],
    ),
    "a person of a merged commune": (
        ENDED | {"heirs": MERGED, "recipient": "person"},
        [("heirs", "info")],
    ),
    "an enterprise without confirmation": (
        {"recipient": "enterprise", "law": law(Check.OBLIGATIONS)},
        [("obligations", "hold")],
    ),
    "an enterprise with it": (
        {
            "recipient": "enterprise",
            "documents": frozenset({"obligations"}),
            "law": law(Check.OBLIGATIONS),
        },
        [],
    ),
    "nobody consulted": ({"law": law(demand=CONSULTS)}, [("consulted", "hold")]),
    "opinion awaited": (
        {"opinions": (Opinion("Thuế tỉnh", DAY, None, ""),), "law": law(demand=CONSULTS)},
        [("consulted", "hold")],
    ),
    "silence past the day": (
        {
            "opinions": (Opinion("Thuế tỉnh", date(2023, 11, 23), None, ""),),
            "law": law(demand=CONSULTS),
        },
        [("consulted", "info")],
    ),
    "agreed": (
        {"opinions": (Opinion("Thuế tỉnh", DAY, DAY, "agrees"),), "law": law(demand=CONSULTS)},
        [],
    ),
    "objected": (
        {"opinions": (Opinion("Thuế tỉnh", DAY, DAY, "objects"),), "law": law(demand=CONSULTS)},
        [("consulted", "hold")],
    ),
    "not posted": ({"law": law(demand=POSTS)}, [("posted", "block")]),
    "posted too short": (
        {"listings": (Listing(date(2023, 11, 20), 9),), "law": law(demand=POSTS)},
        [("posted", "block")],
    ),
    "posted and over": (
        {"listings": (Listing(date(2023, 11, 23), 10),), "law": law(demand=POSTS)},
        [],
    ),
    "an opinion on the list": ({"open_objections": 1}, [("posted", "hold")]),
    "a report like another": ({"alike": (Alike(7, 88),)}, [("alike", "warn")]),
    "a paper is missing": ({"law": law(papers=(PAPER,))}, [("dossier", "hold")]),
    "a paper is there": (
        {"documents": frozenset({"minutes"}), "law": law(papers=(PAPER,))},
        [],
    ),
    "a paper printed here": (
        {"law": law(papers=(PAPER._replace(document="report", written_here=True),))},
        [],
    ),
    "nobody known to decide": ({"law": law(deciders=())}, [("authority", "info")]),
    "nobody decides any more": (
        {"law": law(deciders=(DECIDER._replace(ends=date(2023, 7, 1)),))},
        [("authority", "warn")],
    ),
    "recipients not said": (
        {"law": law(deciders=(DECIDER._replace(recipients=()),))},
        [("authority", "info")],
    ),
    "not for households": ({"recipient": "household"}, [("authority", "hold")]),
    "more than advised": ({"quota": 2, "offered": 3}, [("quota", "info")]),
    "direct workers": ({"law": law(Check.DIRECT)}, [("direct", "info")]),
}


@pytest.mark.parametrize("name", CASES)
def test_what_the_checks_tell(name):
    changed, expected = CASES[name]

    found = judge(replace(CLEAN, **changed))

    assert [(each.code, each.severity) for each in found] == expected


def test_the_next_period_shows_both_dates():
    [same, warned] = judge(replace(CLEAN, entries=(honour(period_from=2021, period_to=2023),)))

    assert "ngày 20/12/2022 ghi thành tích đến 31/12/2023" in warned.sentence
    assert "hồ sơ tính từ 01/01/2023" in warned.sentence
    assert "2021–2023" in same.sentence


def test_without_a_stated_period_the_day_of_the_decision_counts():
    entry = honour(period_from=None, period_to=None, decided_on=date(2023, 3, 1))

    warned = judge(replace(CLEAN, entries=(entry,)))[-1]

    assert "không ghi thời gian thành tích" in warned.sentence
    assert "sau ngày 01/03/2023" in warned.sentence


def test_a_finding_cites_the_clause_of_the_rule_set_and_its_law():
    entries = (honour(period_from=2023, period_to=2023),)

    [found, _] = judge(replace(CLEAN, entries=entries, law=law(Check.SAME, Clause("Đ5 k2"))))

    assert (found.clause, found.law) == ("Đ5 k2", "Nghị định giả lập")


def test_posting_stands_before_the_council_only():
    [found] = judge(replace(CLEAN, law=law(demand=POSTS)))

    assert found.before == TABLE
    assert not found.overridable


def test_an_override_counts_while_the_finding_says_the_same():
    first = judge(replace(CLEAN, entries=(honour(period_from=2023, period_to=2023),)))
    other = judge(replace(CLEAN, entries=(honour(period_from=2021, period_to=2023),)))
    override = Override(code="same", mark=first[0].mark)

    assert [each.unresolved for each in standing(first, [override])] == [False, False]
    assert standing(other, [override])[0].unresolved


def test_an_override_of_what_cannot_be_set_aside_counts_for_nothing():
    [found] = judge(replace(CLEAN, stops=(stop(),)))

    [told] = standing([found], [Override(code=found.code, mark=found.mark)])

    assert told.unresolved


def test_ties_go_to_women_and_to_collectives_of_women():
    assert tie_key("person", True, None, None) < tie_key("person", False, None, None)
    assert tie_key("collective", False, 70, 70) < tie_key("collective", False, 69, 70)
    assert tie_key("collective", False, 90, None) == tie_key("collective", False, None, 70)
