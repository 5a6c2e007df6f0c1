"""The unit's answers and evidence: writes of ``criteria`` under the report's lock and state."""

from django.db import transaction

from criteria import actions as criteria_actions
from criteria.states import Side
from reports.actions.editing import editable


@transaction.atomic
def save_answer(report, answer, values: dict, *, by, revision: int):
    """Write grade or number, items and explanation, and the points the unit gives itself.

    ``values`` as ``criteria.actions.save_answer`` takes them, plus ``points`` (None: none given).
    """
    editable(report, by=by)
    values = dict(values)
    points = values.pop("points", None)
    saved = criteria_actions.save_answer(answer, values, by=by, revision=revision)
    criteria_actions.score_all(saved.checklist, Side.SELF, {saved.pk: (points, "")}, by=by)
    return saved


@transaction.atomic
def attach_evidence(report, answer, upload, *, by):
    """Attach a file to an answer of the report."""
    editable(report, by=by)
    return criteria_actions.attach_evidence(answer, upload, by=by)


@transaction.atomic
def remove_evidence(report, evidence, *, by):
    """Take a file out of the report; versions already sent keep it."""
    editable(report, by=by)
    return criteria_actions.remove_evidence(evidence, by=by)
