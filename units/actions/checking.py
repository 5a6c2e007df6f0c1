"""What several actions do before and after a write: who acts, what the model forbids, changes."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from config.text import clean_line
from config.workflow import RuleViolation
from units.models import User


def anew(user: User | None) -> User | None:
    """The person who acts, with the appointments of this moment; a locked account is refused.

    None is the system: a command or a loader.
    """
    if user is None:
        return None
    found = User.objects.filter(pk=user.pk, is_active=True).first()
    if found is None:
        raise RuleViolation("Tài khoản của bạn đã bị khóa; hãy liên hệ quản trị hệ thống.")
    return found


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
