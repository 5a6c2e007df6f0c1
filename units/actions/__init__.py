"""Every write of ``units``, one module per noun; the log row stands in the act's transaction."""

from units.actions.log import record
from units.actions.people import appoint, end_appointment, save_user
from units.actions.register import RegisterCounts, write_register
from units.actions.units import save_standard, save_succession, save_unit

__all__ = [
    "RegisterCounts",
    "appoint",
    "end_appointment",
    "record",
    "save_standard",
    "save_succession",
    "save_unit",
    "save_user",
    "write_register",
]
