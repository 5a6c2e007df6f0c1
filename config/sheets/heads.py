"""Which column of a file is which: the row of heads, and what does not fit."""

from collections.abc import Callable, Sequence

from config.sheets.definition import Column, Definition, SheetError, header_key
from config.text import clean_line

HEADER_SEARCH = 30
"""The header stands in the first so many rows."""
NAMED = 5
"""So many places are named in one refusal; the rest is counted."""
Heads = Sequence[object]
Columns = list[Column | None]


def hits(heads: Heads, definition: Definition) -> int:
    """How many of the definition's columns a row names."""
    return len({_key(head) for head in heads} & definition.heads.keys())


def find(rows: Sequence[Heads], definition: Definition) -> int:
    """The place, from 0, of the row with the most heads of the definition's columns."""
    found = [hits(row, definition) for row in rows]
    if not any(found):
        needed = [column for column in definition.columns if column.required]
        labels = quoted(column.label for column in needed or definition.columns)
        raise SheetError(
            f"Không thấy dòng tiêu đề trong {HEADER_SEARCH} dòng đầu; cần các cột: {labels}. "
            "Hãy tải mẫu và điền vào mẫu."
        )
    return found.index(max(found))


def match(heads: Heads, definition: Definition, at: Callable[[int], str]) -> Columns:
    """The column at each place, None where there is no head.

    All that does not fit is refused by name, together; ``at`` says how a place is told.
    """
    columns: Columns = []
    faults = []
    for place, head in enumerate(heads):
        column = definition.heads.get(_key(head))
        written = "" if head is None else clean_line(str(head))[:80]
        if column and column in columns:
            faults.append(f"{at(place)} “{written}” bị lặp; hãy giữ lại một cột.")
        elif written and not column:
            faults.append(
                f"{at(place)} “{written}” không có trong mẫu; hãy xóa cột đó hoặc sửa lại tên cột "
                "cho đúng mẫu."
            )
        columns.append(column)
    for column in definition.columns:
        if column.required and column not in columns:
            faults.append(f"Thiếu cột “{column.label}”; hãy thêm cột đó hoặc tải lại mẫu.")
    if faults:
        raise SheetError(*faults)
    return columns


def _key(head: object) -> str:
    return "" if head is None else header_key(head)


def quoted(names) -> str:
    """The names in quotation marks, one after the other."""
    return ", ".join(f"“{name}”" for name in names)


def listed(places) -> str:
    """The first few places, and how many more there are."""
    places = list(places)
    rest = len(places) - NAMED
    return ", ".join(places[:NAMED]) + (f" và {rest} chỗ khác" if rest > 0 else "")
