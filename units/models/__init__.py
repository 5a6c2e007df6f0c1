"""The nouns of ``units``, one module each."""

from units.models.log import LogEntry
from units.models.people import Appointment, User
from units.models.poverty import PovertyPlan, PovertyReview, PovertyStandard, ReviewFile
from units.models.tree import Succession, Unit, alive_on, path_below

__all__ = [
    "Appointment",
    "LogEntry",
    "PovertyPlan",
    "PovertyReview",
    "PovertyStandard",
    "ReviewFile",
    "Succession",
    "Unit",
    "User",
    "alive_on",
    "path_below",
]
