"""Rounds of commendation of the province, those of 2022 and of 2023."""

from dataclasses import dataclass
from datetime import date, datetime

from awards.actions import save_round, take_round_step
from awards.kinds import RoundKind
from awards.models import Round
from campaign.models import Campaign
from config import clock
from config.text import VIETNAM
from reports.demo.people import BOARD_CHIEF
from reports.demo.walk import user


@dataclass(frozen=True)
class Plan:
    """What the board plans for a year, and when it does what."""

    year: int
    made: datetime
    opens: date
    due: date
    council_on: date
    numbers: dict[str, int | None]


PLANS = (
    Plan(
        year=2022,
        made=datetime(2022, 11, 8, 9, tzinfo=VIETNAM),
        opens=date(2022, 11, 14),
        due=date(2022, 12, 30),
        council_on=date(2023, 2, 17),
        numbers={"BKTTG": 2, "BK-TINH": 20},
    ),
    Plan(
        year=2023,
        made=datetime(2023, 11, 7, 9, tzinfo=VIETNAM),
        opens=date(2023, 11, 13),
        due=date(2023, 12, 15),
        council_on=date(2024, 1, 19),
        numbers={"HCLD-3": None, "BKTTG": 3, "BK-TINH": 25},
    ),
)


def hold_round(campaign: Campaign, plan: Plan) -> None:
    """Make the yearly round and open it."""
    round = Round(
        campaign=campaign,
        unit=campaign.province,
        kind=RoundKind.YEARLY,
        title=f"Khen thưởng hằng năm {plan.year}",
        period_from=date(plan.year, 1, 1),
        period_to=date(plan.year, 12, 31),
        opens=plan.opens,
        due=plan.due,
        council_on=plan.council_on,
    )
    forms = {form: plan.numbers[form.code] for form in _forms(campaign, plan)}
    with clock.frozen(plan.made):
        save_round(round, forms, by=user(BOARD_CHIEF))
        take_round_step(round, "open", by=user(BOARD_CHIEF))


def _forms(campaign: Campaign, plan: Plan):
    return campaign.award_forms.filter(code__in=plan.numbers)
