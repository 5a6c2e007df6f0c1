"""The nouns of ``awards``, one module each."""

from awards.models.appraisal import Hold, Override, PendingVerdict
from awards.models.calendar import BaseSalary, DayOff
from awards.models.council import Case, Council, CouncilMember, Recusal, Seat, Session, Vote
from awards.models.decisions import (
    Decision,
    DecisionLine,
    MinorityCount,
    Presentation,
    Submission,
    SubmissionLine,
)
from awards.models.dossiers import (
    AchievementPart,
    Consultation,
    DossierFile,
    Flag,
    NominationAnswer,
    OutlinePart,
)
from awards.models.forms import AwardForm
from awards.models.honours import Honour, HonourWord
from awards.models.law import (
    RULES,
    Authority,
    Bonus,
    DossierItem,
    Principle,
    Rule,
    Timing,
    VoteRule,
)
from awards.models.nominations import Nomination, NominationStep
from awards.models.posting import Objection, PostedNomination, Posting
from awards.models.rounds import Round, RoundForm
from awards.models.rule_sets import RuleSet
from awards.models.similarity import ReportBand, ReportLikeness, ReportSketch

__all__ = [
    "RULES",
    "AchievementPart",
    "Authority",
    "AwardForm",
    "BaseSalary",
    "Bonus",
    "Case",
    "Consultation",
    "Council",
    "CouncilMember",
    "DayOff",
    "Decision",
    "DecisionLine",
    "DossierFile",
    "DossierItem",
    "Flag",
    "Hold",
    "Honour",
    "HonourWord",
    "MinorityCount",
    "Nomination",
    "NominationAnswer",
    "NominationStep",
    "Objection",
    "OutlinePart",
    "Override",
    "PendingVerdict",
    "PostedNomination",
    "Posting",
    "Presentation",
    "Principle",
    "Recusal",
    "ReportBand",
    "ReportLikeness",
    "ReportSketch",
    "Round",
    "RoundForm",
    "Rule",
    "RuleSet",
    "Seat",
    "Session",
    "Submission",
    "SubmissionLine",
    "Timing",
    "Vote",
    "VoteRule",
]
