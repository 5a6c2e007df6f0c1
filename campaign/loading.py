"""The plan as data: reading ``data/plan_166.json`` and bringing it in.

The file's source and what the portal added to it stand in the file itself. Where the words come
from is told by the clauses. The loaders of the apps above read their own files with ``reading``.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from campaign.actions import Outcome, log_load, write_rows
from campaign.models import Campaign, Deadline, Duty, Goal, Passage
from config.text import vn_date
from config.workflow import RuleViolation
from units.models import Unit, path_below

SHIPPED = Path(__file__).resolve().parent / "data" / "plan_166.json"

HEAD = (
    "code",
    "title",
    "short_title",
    "slogan",
    "plan_number",
    "plan_date",
    "issuer",
    "signer",
    "starts",
    "ends",
    "basis",
    "summary",
)
PERIOD = ("code", "kind", "year", "title", "clause", "starts", "ends", "reference_date", "note")


@contextmanager
def reading(path: Path) -> Iterator[dict]:
    """The content of a plan file; a missing key or an unreadable file is refused by name."""
    try:
        yield json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise RuleViolation(f"Không đọc được {path}: {fault}") from fault
    except KeyError as missing:
        raise RuleViolation(f"{path}: thiếu mục {missing}; bổ sung rồi nạp lại.") from missing


@transaction.atomic
def load(*, by=None, path: Path = SHIPPED) -> tuple[Campaign, Outcome]:
    """Bring in the campaign, its goals, passages, phases, periods, deadlines and duties."""
    outcome = Outcome()
    with reading(path) as plan:
        campaign = _campaign(plan["campaign"], outcome)
        _goals(campaign, plan["goals"], outcome)
        _passages(campaign, plan, outcome)
        _phases(campaign, plan["phases"], outcome)
        _calendar(campaign, plan["periods"], outcome)
        _duties(campaign, plan["duties"], outcome)
    log_load("campaign", campaign, outcome, by=by)
    return campaign, outcome


def unit_on(day: date, code: str, province_code: str) -> Unit:
    """The unit that bears a code in a province on a day; without the register there is none."""
    units = Unit.objects.as_of(day)
    province = units.filter(code=province_code, parent__isnull=True).first()
    if province is None:
        raise RuleViolation(
            f"Chưa có tỉnh mã {province_code} vào ngày {vn_date(day)}: sổ đơn vị chưa được nạp. "
            "Chạy “manage.py load_register” trước, rồi nạp lại kế hoạch."
        )
    unit = units.filter(path_below(province.path), code=code).first()
    if unit is None:
        raise RuleViolation(
            f"Ngày {vn_date(day)}, {province} không có đơn vị mã {code}: kiểm tra mã trong tệp kế "
            "hoạch, hoặc chạy lại “manage.py load_register”."
        )
    return unit


def _chosen(row: dict, names) -> dict:
    return {name: row[name] for name in names}


def _campaign(row, outcome) -> Campaign:
    code = row["province_code"]
    province = unit_on(date.fromisoformat(row["plan_date"]), code, code)
    rows = [_chosen(row, HEAD) | {"province": province}]
    campaigns = Campaign.objects.filter(code=row["code"]).select_related("province")
    return write_rows(campaigns, ("code",), rows, outcome=outcome)[(row["code"],)]


def _goals(campaign, rows, outcome) -> None:
    names = [field.name for field in Goal._meta.fields if field.name not in ("id", "campaign")]
    goals = [
        _chosen({"position": position} | row, names) | {"campaign": campaign}
        for position, row in enumerate(rows, start=1)
    ]
    write_rows(campaign.goals.all(), ("code",), goals, outcome=outcome)


def _passages(campaign, plan, outcome) -> None:
    """Participants (II.1), contents (II.2) and solutions (II.3) of the plan."""
    part = Passage.Part
    parts = {part.PARTICIPANT: "groups", part.CONTENT: "contents", part.SOLUTION: "solutions"}
    rows = [
        {
            "campaign": campaign,
            "part": kind,
            "position": row["position"],
            "letter": row.get("letter", ""),
            "clause": row["clause"],
            "statement": row["name"] if kind == part.PARTICIPANT else row["statement"],
            "tiers": row.get("tiers", []),
        }
        for kind, name in parts.items()
        for row in plan[name]
    ]
    write_rows(campaign.passages.all(), ("part", "position"), rows, outcome=outcome)


def _phases(campaign, rows, outcome) -> None:
    names = ("position", "clause", "title", "statement", "starts", "ends")
    phases = [_chosen(row, names) | {"campaign": campaign} for row in rows]
    write_rows(campaign.phases.all(), ("position",), phases, outcome=outcome)


def _calendar(campaign, rows, outcome) -> None:
    """Periods and their deadlines. A period never goes by itself: dates set by hand hang on it."""
    periods = write_rows(
        campaign.periods.all(),
        ("code",),
        [_chosen(row, PERIOD) | {"campaign": campaign} for row in rows],
        outcome=outcome,
        removes=False,
    )
    deadlines = [
        _chosen(each, ("tier", "due", "lock", "note")) | {"period": periods[(row["code"],)]}
        for row in rows
        for each in row["deadlines"]
    ]
    known = Deadline.objects.filter(period__in=periods.values()).select_related("period")
    write_rows(known, ("period_id", "tier"), deadlines, outcome=outcome)


def _duties(campaign, rows, outcome) -> None:
    names = ("kind", "starts", "ends", "clause", "as_written", "basis", "confidence")
    duties = [
        _chosen(row, names)
        | {
            "campaign": campaign,
            "unit": unit_on(
                date.fromisoformat(row["starts"]), row["unit_code"], row["province_code"]
            ),
        }
        for row in rows
    ]
    known = Duty.objects.filter(campaign=campaign).select_related("unit")
    write_rows(known, ("kind", "unit_id", "starts"), duties, outcome=outcome)
