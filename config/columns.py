"""Columns that many tables to take away share, each with the value it takes of a row."""

from datetime import datetime

from config import clock
from config.sheets import CODE, DATE, NAME, Column


def moment(name: str, label: str, help: str) -> tuple[Column, Column]:
    """An instant as two columns, so that a workbook sorts by the day: day, then hour."""
    return (
        Column(f"{name}_on", f"{label} ngày", DATE, help=help, width=13),
        Column(f"{name}_at", f"{label} giờ", help="Giờ Việt Nam, giờ:phút.", width=10),
    )


def at(name: str, instant: datetime | None) -> dict:
    """The values of ``moment``; both blank where it has not come."""
    if instant is None:
        return {f"{name}_on": None, f"{name}_at": ""}
    return {f"{name}_on": clock.day_of(instant), f"{name}_at": clock.hour_of(instant)}


def whose(name: str = "unit", label: str = "đơn vị", title: str = "Đơn vị") -> tuple:
    """A unit as its code and its name."""
    return (
        Column(f"{name}_code", f"Mã {label}", CODE, help=f"Mã {label} trong sổ.", width=12),
        Column(name, title, NAME, help=f"Tên {label}.", width=32),
    )


def of_unit(unit, name: str = "unit") -> dict:
    """The values of ``whose``; blank where there is no unit."""
    return {f"{name}_code": unit.code if unit else "", name: unit.name if unit else ""}
