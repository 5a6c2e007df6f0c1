"""Writing what a unit says to one criterion."""

from django.db import transaction

from config import clock
from config.workflow import overwritten, refuse
from criteria import rules
from criteria.actions.acting import own_open_checklist
from criteria.models import Answer
from criteria.rules import Given
from units.actions import record

FIELDS = ["grade", "value", "explanation"]


@transaction.atomic
def save_answer(answer: Answer, data: dict, *, by, revision: int) -> Answer:
    """Write an answer: ``data`` holds ``grade``, ``value``, ``explanation`` and ``items``.

    ``revision`` is the one the writer saw; if somebody wrote since, ``Stale`` says who and when,
    and nothing is kept. The same content again changes nothing. An unfinished answer is kept;
    ``criteria.queries.missing`` says what it lacks for sending. Once the checklist has been sent,
    each change is logged.
    """
    checklist, by = own_open_checklist(answer.checklist_id, by=by)
    rows = Answer.objects.select_related("criterion", "edited_by").prefetch_related("items")
    answer = rows.get(pk=answer.pk)
    given, present = rules.given_by(data), _present(answer)
    if given == present:
        return answer
    if answer.revision != revision:
        raise overwritten("câu trả lời này", answer.edited_by, answer.edited_at, reader=by)
    refuse(*rules.faults_of_answer(answer, given))
    _write(answer, given, by=by)
    if checklist.was_sent:
        changes = _changes(present, given)
        record("criteria.answer", answer, by=by, unit=checklist.unit, changes=changes)
    return answer


def _present(answer: Answer) -> Given:
    items = frozenset(item.pk for item in answer.items.all())
    return Given(answer.grade, answer.value, answer.explanation, items)


def _write(answer: Answer, given: Given, *, by) -> None:
    answer.grade, answer.value = given.grade, given.value
    answer.explanation = given.explanation
    answer.revision += 1
    answer.edited_at, answer.edited_by = clock.now(), by
    answer.save(update_fields=[*FIELDS, "revision", "edited_at", "edited_by"])
    answer.items.set(given.items)


def _changes(before: Given, after: Given) -> dict:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in FIELDS}
    pairs["items"] = (sorted(before.items), sorted(after.items))
    return {name: [str(old), str(new)] for name, (old, new) in pairs.items() if old != new}
