"""How a page tells that the domain refused a deed."""

from django.contrib import messages

from config.workflow import RuleViolation


def attempt(request, act, success: str = ""):
    """Do a deed and tell the user how it went; its result (True for none), or None when refused."""
    try:
        result = act()
    except RuleViolation as refusal:
        for reason in refusal.args:
            messages.error(request, reason)
        return None
    if success:
        messages.success(request, success)
    return True if result is None else result


def attempt_in(form, act, *, field: str | None = None):
    """Do a deed that a form asked for; its result (True for none), or None when refused.

    Reasons stand in the form: at the field whose label they begin with ("Lý do: cần ghi …"), the
    others at ``field``, or above the form without one.
    """
    try:
        result = act()
    except RuleViolation as refusal:
        labels = {f"{each.label}: ": name for name, each in form.fields.items()}
        for reason in refusal.args:
            label = next((label for label in labels if reason.startswith(label)), "")
            words = reason.removeprefix(label)
            form.add_error(labels.get(label, field), words[:1].upper() + words[1:])
        return None
    return True if result is None else result


def accepts(request, form) -> bool:
    """Whether a small form without a page of its own is filled in right; if not, say so."""
    for field, errors in form.errors.items():
        label = form.fields[field].label if field in form.fields else ""
        for error in errors:
            messages.error(request, f"{label}: {error}" if label else error)
    return form.is_valid()
