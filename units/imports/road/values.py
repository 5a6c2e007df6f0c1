"""Values of rows as JSON keeps them, and back."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from config.sheets import DATE, DECIMAL, Definition
from config.sheets.converting import nothing


def plain(value: Any) -> Any:
    """One value in JSON form: days ISO, decimals as text without idle noughts ("1.5")."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=plain)
encoded: Callable[[Any], str] = _ENCODER.encode
"""Values as JSON text, by one encoder for all rows."""


PLAIN = frozenset((str, int, float, bool, type(None), list, dict))


def stored(values: dict[str, Any]) -> dict[str, Any]:
    """A row's values as they will come back from the database; mostly they are so already."""
    for value in values.values():
        if value.__class__ not in PLAIN:
            return {name: plain(value) for name, value in values.items()}
    return values


class Reviver:
    """Brings stored values back to what ``config.sheets.convert`` made of them."""

    def __init__(self, definition: Definition):
        self._blank = {column.name: nothing(column) for column in definition.columns}
        self._days = [c.name for c in definition.columns if c.kind == DATE]
        self._decimals = [c.name for c in definition.columns if c.kind == DECIMAL]

    def __call__(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values by column name; columns that were not kept are blank."""
        revived = {**self._blank, **values}
        for name in self._days:
            if isinstance(revived[name], str):
                revived[name] = date.fromisoformat(revived[name])
        for name in self._decimals:
            if isinstance(revived[name], str):
                revived[name] = Decimal(revived[name])
        return revived
