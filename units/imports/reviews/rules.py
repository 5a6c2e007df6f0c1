"""What one row of the review must and should fulfil; each rule names both sides with their sums.

A rule takes the row's counts, as far as they could be read, and yields (column, sentence).
``REFUSALS`` must be mended: they are the identities that the database holds as well, in words
that say where. ``DOUBTS`` only ask to look again. Both have their rules by name.
"""

from collections.abc import Iterator, Mapping

from config.text import vn_number
from units.imports.reviews.definition import label_of

Found = Iterator[tuple[str, str]]
Counts = Mapping[str, int]

GROUPS = {"poor": "hộ nghèo", "near": "hộ cận nghèo"}
MOVEMENT = ("opening", "escaped", "relapsed", "arisen", "adjustment", "closing")
PARTS = (
    ("ethnic_households", "households"),
    ("poor_opening_ethnic", "poor_opening"),
    ("poor_closing_ethnic", "poor_closing"),
    ("poor_unable", "poor_closing"),
    ("near_opening_ethnic", "near_opening"),
    ("near_closing_ethnic", "near_closing"),
)
"""Each figure that is a part of another of the same row."""
JUMP_SHARE, JUMP_HOUSEHOLDS = 50, 20
"""A change within one year of more than this percentage and this many households is doubted;
bounds of the portal, not of any law."""


def _known(counts: Counts, *names: str) -> list[int] | None:
    """The figures of these names; None when one of them could not be read from its cell."""
    values = [counts.get(name) for name in names]
    return None if None in values else values


def balances(counts: Counts) -> Found:
    """Closing = opening − escaped + relapsed + arisen + adjustment (poor and near-poor)."""
    for prefix, group in GROUPS.items():
        values = _known(counts, *(f"{prefix}_{name}" for name in MOVEMENT))
        if values is None:
            continue
        opening, escaped, relapsed, arisen, adjustment, closing = values
        due = opening - escaped + relapsed + arisen + adjustment
        if due != closing:
            sign = "+" if adjustment >= 0 else "−"
            yield (
                f"{prefix}_closing",
                f"{group} cuối năm phải bằng đầu năm − thoát + tái + phát sinh mới ± điều chỉnh: "
                f"{opening} − {escaped} + {relapsed} + {arisen} {sign} {abs(adjustment)} = {due}, "
                f"nhưng ô ghi {closing}; hãy sửa để hai vế bằng nhau.",
            )


def parts_within_wholes(counts: Counts) -> Found:
    """A part of a figure cannot exceed it."""
    for part, whole in PARTS:
        values = _known(counts, part, whole)
        if values and values[0] > values[1]:
            yield (
                part,
                f"là một phần của “{label_of(whole)}” nên không thể nhiều hơn: ô ghi "
                f"{vn_number(values[0])}, “{label_of(whole)}” ghi {vn_number(values[1])}; "
                "hãy sửa một trong hai ô.",
            )


def _covers(counts: Counts, whole: str, parts: tuple[str, str], words: str) -> Found:
    """Two figures of different households, all of them counted in a third."""
    values = _known(counts, *parts, whole)
    if values and values[0] + values[1] > values[2]:
        yield (
            whole,
            f"không thể ít hơn {words} cuối năm: {vn_number(values[0])} + {vn_number(values[1])} = "
            f"{vn_number(values[0] + values[1])}, ô ghi {vn_number(values[2])}; hãy sửa một trong "
            "ba ô.",
        )


def listed_within_households(counts: Counts) -> Found:
    """Poor and near-poor households are different households, all of them counted in the total."""
    parts = ("poor_closing", "near_closing")
    return _covers(counts, "households", parts, "hộ nghèo + hộ cận nghèo")


def ethnic_within_ethnic(counts: Counts) -> Found:
    """The poor and near-poor of ethnic minorities are among the minority households."""
    parts = ("poor_closing_ethnic", "near_closing_ethnic")
    return _covers(counts, "ethnic_households", parts, "hộ nghèo DTTS + hộ cận nghèo DTTS")


def escapes_from_the_list(counts: Counts) -> Found:
    """Those who escape stood on the list of the start of the year, or moved in since."""
    for prefix, group in GROUPS.items():
        values = _known(counts, *(f"{prefix}_{n}" for n in ("opening", "adjustment", "escaped")))
        if values and values[2] > (listed := values[0] + max(values[1], 0)):
            yield (
                f"{prefix}_escaped",
                f"có {vn_number(values[2])} hộ thoát nhưng đầu năm chỉ có {vn_number(listed)} "
                f"{group} (kể cả chuyển đến); hãy kiểm tra lại.",
            )


def is_jump(before: int, after: int) -> bool:
    """Whether a figure changed so much within a year that somebody should look again."""
    change = abs(after - before)
    return change > JUMP_HOUSEHOLDS and change * 100 > before * JUMP_SHARE


def jumps(counts: Counts) -> Found:
    """A list that doubled or vanished within a year may be true, and more often is a slip."""
    for prefix, group in GROUPS.items():
        values = _known(counts, f"{prefix}_opening", f"{prefix}_closing")
        if values and is_jump(*values):
            yield (
                f"{prefix}_closing",
                f"{group} trong năm từ {vn_number(values[0])} thành {vn_number(values[1])} hộ, "
                f"thay đổi hơn {JUMP_SHARE}%; hãy kiểm tra lại.",
            )


REFUSALS = {
    "unbalanced": (balances,),
    "parts_exceed_total": (parts_within_wholes, listed_within_households, ethnic_within_ethnic),
}
DOUBTS = {"escapes_exceed_list": (escapes_from_the_list,), "jump": (jumps,)}
