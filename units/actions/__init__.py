"""Every write of ``units``, one module per noun; the log row stands in the act's transaction."""

from units.actions.imports import (
    cancel_import,
    confirm_import,
    purge_imports,
    resume_import,
    undo_import,
    upload_import,
    work_on,
)
from units.actions.log import record
from units.actions.people import appoint, end_appointment, save_user
from units.actions.plans import set_plan, set_plans
from units.actions.poverty import load_standards
from units.actions.register import RegisterCounts, write_register
from units.actions.units import save_standard, save_succession, save_unit

__all__ = [
    "RegisterCounts",
    "appoint",
    "cancel_import",
    "confirm_import",
    "end_appointment",
    "load_standards",
    "purge_imports",
    "record",
    "resume_import",
    "save_standard",
    "save_succession",
    "save_unit",
    "save_user",
    "set_plan",
    "set_plans",
    "undo_import",
    "upload_import",
    "work_on",
    "write_register",
]
