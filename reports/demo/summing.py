"""The yearly summary of 2022, composed and frozen by the board; those of 2023 are left to do."""

from datetime import datetime

from campaign.models import Period
from config import clock
from config.text import VIETNAM
from reports.actions.summaries import choose_passage, freeze_summary, save_texts, start_summary
from reports.demo.people import BOARD_CHIEF
from reports.demo.texts import shipped
from reports.demo.walk import user
from reports.models import Section
from reports.queries.summaries import PASSAGE_LENGTH, quotable_sections, texts_mark

COMPOSED = datetime(2023, 2, 10, 9, tzinfo=VIETNAM)
FROZEN = datetime(2023, 2, 13, 14, 30, tzinfo=VIETNAM)

QUOTED = (
    ("UBMTTQ", "4d-department"),
    ("NHCSXH", "4a"),
    ("251", "7"),
    ("248", "4c"),
    ("243", "4f"),
    ("249", "10"),
)
"""Whose words stand in the summary: unit and heading, as far as they are there."""


def sum_up(period: Period) -> None:
    """Compose the summary of a year that is over, quote some units, and freeze it."""
    with clock.frozen(COMPOSED):
        summary = start_summary(period, by=user(BOARD_CHIEF))
        texts = {name: text.strip() for name, text in shipped()["summary"].items()}
        save_texts(summary, texts, by=user(BOARD_CHIEF), seen=texts_mark(summary))
        for section in _quoted(period):
            choose_passage(summary, section, section.text, by=user(BOARD_CHIEF))
    with clock.frozen(FROZEN):
        freeze_summary(summary, by=user(BOARD_CHIEF))


def _quoted(period: Period) -> list[Section]:
    found = [
        quotable_sections([period]).filter(report__unit__code=code, outline__code=heading).first()
        for code, heading in QUOTED
    ]
    return [section for section in found if section and len(section.text) <= PASSAGE_LENGTH]
