"""The fast road: rows that are surely right, made into values without a look at each cell anew.

Compiled from a ``Definition``: one reader of cells per column, most of them a memory of cells seen
before. What a reader does not know it asks the taker of cells (``converting.taken``), and trusts
it only when there is no finding at all. So this road and ``convert`` cannot disagree; whatever is
not surely right goes there.
"""

import re
from collections.abc import Callable, Sequence
from operator import getitem
from typing import Any
from unicodedata import is_normalized

from config.sheets.converting import is_total, nothing, taken
from config.sheets.definition import CODE, NAME, TEXT, Cell, Column, Definition
from config.sheets.findings import Wrong

REMEMBERED = 4096
"""Cells that one column keeps in memory; then it forgets them all and begins anew."""
LONGEST = 64
"""Longer texts are not kept."""
_CLOSER = re.compile("[<>_]|  | $|[;,] *'")
"""What in a text of signs that can be seen calls for a closer look."""
ToCell = Callable[[Column, Any, str], Cell]
"""Makes a cell of what stands in the file: column, content, address."""
Quick = Callable[[Sequence], dict[str, Any] | None]


class _Unsure(Exception):
    """Not surely right: let ``convert`` see the row."""


class _Memory(dict):
    """Content of a cell → value of the column; learns by asking the taker of cells."""

    def __init__(self, column: Column, to_cell: ToCell, *, may_be_total: bool):
        super().__init__()
        self._column, self._to_cell = column, to_cell
        self._may_be_total = may_be_total

    def __missing__(self, content):
        value = self._learnt(content)
        if not isinstance(content, str) or len(content) <= LONGEST:
            if len(self) >= REMEMBERED:
                self.clear()
            self[content] = value
        return value

    def _learnt(self, content):
        cell = self._to_cell(self._column, content, "")
        if cell.kind == "blank" and content:
            raise _Unsure  # a row of blanks alone is no row
        if self._may_be_total and isinstance(content, str) and is_total(content):
            raise _Unsure
        try:
            value, note = taken(self._column, cell)
        except Wrong:
            raise _Unsure from None
        if note:
            raise _Unsure
        return value


class _Codes:
    """Codes of so many digits: too many different ones to remember."""

    def __init__(self, column: Column):
        self._digits = column.digits
        self._optional = not column.required

    def __getitem__(self, content):
        if (
            type(content) is str
            and len(content) == self._digits
            and content.isdigit()
            and content.isascii()
        ):
            return content
        if self._optional and (content is None or content == ""):
            return ""
        raise _Unsure


class _Words(_Memory):
    """Texts and names that begin with a letter and hold nothing that calls for a closer look."""

    def __init__(self, column: Column, to_cell: ToCell, *, may_be_total: bool):
        super().__init__(column, to_cell, may_be_total=may_be_total)
        self._most = column.most

    def _learnt(self, content):
        if (
            type(content) is str
            and content[:1].isalpha()
            and len(content) <= self._most
            and content.isprintable()
            and not _CLOSER.search(content)
            and is_normalized("NFC", content)
            and not (self._may_be_total and is_total(content))
        ):
            return content
        return super()._learnt(content)


class _FreeCodes(_Memory):
    """Codes of no fixed length: letters and digits of ASCII are nothing but a code."""

    def _learnt(self, content):
        if (
            type(content) is str
            and content.isascii()
            and content.isalnum()
            and len(content) <= self._column.most
        ):
            return content
        return super()._learnt(content)


_MEMORIES = {NAME: _Words, TEXT: _Words, CODE: _FreeCodes}


class _Nothing:
    """A place without a column: nothing may stand there."""

    def __getitem__(self, content):
        if content:
            raise _Unsure
        return


def compiled(definition: Definition, columns: Sequence[Column | None], to_cell: ToCell) -> Quick:
    """Contents of a row → its values, or None when ``convert`` should see it.

    ``columns`` stand in the order of the file, None where a place has no column.
    """
    readers = [_reader(definition, column, to_cell) for column in columns]
    names = [f"\0{place}" if c is None else c.name for place, c in enumerate(columns)]
    lacking = {c.name: nothing(c) for c in definition.columns if c not in columns}
    if any(c.required for c in definition.columns if c not in columns):
        return lambda contents: None
    nameless = [name for name in names if name.startswith("\0")]
    width = len(columns)

    def quick(contents: Sequence) -> dict[str, Any] | None:
        if len(contents) != width or not any(contents):
            return None
        try:
            values = dict(zip(names, map(getitem, readers, contents), strict=True))
        except _Unsure:
            return None
        if lacking:
            values |= lacking
        for name in nameless:
            del values[name]
        return values

    return quick


def _reader(definition: Definition, column: Column | None, to_cell: ToCell):
    if column is None:
        return _Nothing()
    if column.kind == CODE and column.digits:
        return _Codes(column)
    memory = _MEMORIES.get(column.kind, _Memory)
    return memory(column, to_cell, may_be_total=column.name in definition.total_in)
