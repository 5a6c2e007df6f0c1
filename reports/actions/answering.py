"""The unit's answer to a criterion together with its own points, all or nothing."""

from django.db import transaction

from criteria import actions as criteria_actions
from criteria.states import Side


@transaction.atomic
def save_answer(answer, values: dict, *, by, revision: int):
    """Write grade or number, items and explanation, and the points the unit gives itself.

    ``values`` as ``criteria.actions.save_answer`` takes them, plus ``points`` (None: none given).
    """
    values = dict(values)
    points = values.pop("points", None)
    saved = criteria_actions.save_answer(answer, values, by=by, revision=revision)
    criteria_actions.score_all(saved.checklist, Side.SELF, {saved.pk: (points, "")}, by=by)
    return saved
