"""The nouns of ``units``, one module each."""

from units.models.households import (
    EscapeRegistration,
    Household,
    HouseholdStatus,
    HouseholdYear,
)
from units.models.imports import Import, ImportProblem, ImportRow
from units.models.log import LogEntry
from units.models.people import Appointment, User
from units.models.persons import Person
from units.models.poverty import PovertyPlan, PovertyReview, PovertyStandard
from units.models.reorganising import Reorganisation
from units.models.tallies import PovertyTally
from units.models.tree import Succession, Unit, alive_on, path_below

__all__ = [
    "Appointment",
    "EscapeRegistration",
    "Household",
    "HouseholdStatus",
    "HouseholdYear",
    "Import",
    "ImportProblem",
    "ImportRow",
    "LogEntry",
    "Person",
    "PovertyPlan",
    "PovertyReview",
    "PovertyStandard",
    "PovertyTally",
    "Reorganisation",
    "Succession",
    "Unit",
    "User",
    "alive_on",
    "path_below",
]
