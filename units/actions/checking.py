"""What several actions do before and after a write: refuse what the model forbids, tell changes."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from config.text import clean_line
from config.workflow import RuleViolation


def refuse(*reasons: str | None) -> None:
    """Refuse with all reasons there are; without any, go on."""
    if told := [reason for reason in reasons if reason]:
        raise RuleViolation(*told)


def tidy(obj: Model, names: tuple[str, ...]) -> None:
    """One spelling for texts of one line: NFC, single blanks, nothing invisible."""
    for name in names:
        setattr(obj, name, clean_line(getattr(obj, name)))


def refuse_invalid(obj: Model, *, ignore: tuple[str, ...] = ()) -> None:
    """Run the model's own validation; its errors as reasons that name the field."""
    try:
        obj.full_clean(exclude=ignore)
    except ValidationError as errors:
        raise RuleViolation(*_sentences(obj, errors)) from errors


def _sentences(obj: Model, errors: ValidationError) -> list[str]:
    told = []
    for name, messages in errors.message_dict.items():
        if name == NON_FIELD_ERRORS:
            told += messages
        else:
            label = str(obj._meta.get_field(name).verbose_name)
            told += [f"{label[:1].upper()}{label[1:]}: {message}" for message in messages]
    return told


def stored(obj: Model) -> Model | None:
    """The row as it stands in the database, locked until the end of the act; None when new."""
    if obj.pk is None:
        return None
    return type(obj).objects.select_for_update().get(pk=obj.pk)


def differences(before: Model | None, after: Model, names: tuple[str, ...]) -> dict:
    """Old and new value of each named field that changed, as the log keeps them."""
    changes = {}
    for name in names:
        old = None if before is None else getattr(before, name)
        new = getattr(after, name)
        if old != new:
            changes[name] = [_told(old), _told(new)]
    return changes


def _told(value) -> str:
    return "" if value is None else str(value)
