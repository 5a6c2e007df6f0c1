"""The nouns of ``awards``, one module each."""

from awards.models.calendar import BaseSalary, DayOff
from awards.models.forms import AwardForm
from awards.models.honours import Honour, HonourWord
from awards.models.law import RULES, Authority, Bonus, DossierItem, Rule, Timing, VoteRule
from awards.models.rounds import Round, RoundForm
from awards.models.rule_sets import RuleSet

__all__ = [
    "RULES",
    "Authority",
    "AwardForm",
    "BaseSalary",
    "Bonus",
    "DayOff",
    "DossierItem",
    "Honour",
    "HonourWord",
    "Round",
    "RoundForm",
    "Rule",
    "RuleSet",
    "Timing",
    "VoteRule",
]
