"""What a check says about a nomination, and whether a person has set it aside."""

import hashlib
from dataclasses import dataclass

from awards.kinds import Severity

APPRAISE, TABLE = "appraise", "table"
"""The step that a finding stands before: the appraisal, or the council."""


@dataclass(frozen=True)
class Finding:
    """One finding: how much it weighs, its sentence, the clause it rests on and how to mend it.

    ``law`` names the decree and from when it holds; ``link`` leads to what is to be looked at.
    """

    code: str
    severity: Severity
    sentence: str
    clause: str = ""
    law: str = ""
    mend: str = ""
    link: str = ""
    overridable: bool = False
    before: str = APPRAISE

    @property
    def mark(self) -> str:
        """A digest of what it says: an override counts while this stays."""
        said = "\n".join((self.code, self.severity, self.sentence))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def stops(self) -> bool:
        return self.severity in Severity.STOPPING

    @property
    def in_words(self) -> str:
        """The sentence with its clause and the remedy, as a refusal says it."""
        clause = f"({self.clause})" if self.clause else ""
        return " ".join(part for part in (self.sentence, clause, self.mend) if part)


@dataclass(frozen=True)
class Standing:
    """A finding beside the override that sets it aside, if there is one."""

    finding: Finding
    override: object | None = None

    @property
    def unresolved(self) -> bool:
        return self.finding.stops and self.override is None


def standing(findings, overrides) -> list[Standing]:
    """The findings with their overrides: one of the same code and mark, while it may be given."""
    known = {(each.code, each.mark): each for each in overrides}
    return [
        Standing(each, known.get((each.code, each.mark)) if each.overridable else None)
        for each in findings
    ]
