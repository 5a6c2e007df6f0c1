"""Achievement reports that repeat one another.

A report's words, without titles and without what the portal filled in itself, are told by a
signature (MinHash of runs of five words). It is cut into bands; reports that share one are
compared by their signatures. A report is compared with all of its campaign when it is sent, and
its likenesses are kept; nothing is worked out anew for a page.
"""

import difflib
import re
import struct
from dataclasses import dataclass
from hashlib import blake2b

from rensa import RMinHash

from awards.models import Nomination, ReportBand, ReportLikeness, ReportSketch
from config.text import fold

RUN = 5
SLOTS, PER_BAND, SEED = 128, 4, 1
METHOD = f"rminhash-{RMinHash.ALGORITHM_VERSION}-{SLOTS}-{SEED}-{RUN}"
FEWEST_RUNS = 25
"""A report of fewer runs of words says too little to be compared."""
ALIKE_PERCENT = 50
"""Below this share of common runs two reports are not called alike; a setting of the method."""
PACKED = struct.Struct(f">{SLOTS}I")

_WORD = re.compile(r"[^\W_]+")


def words_of(parts) -> list[str]:
    """The words that people wrote: of each part without the lines that were filled in."""
    return [word for part in parts for line in own_lines(part) for word in _words(line)]


def own_lines(part) -> list[str]:
    """The lines of a part that the portal did not write itself."""
    filled = {fold(line) for line in part.prefilled.splitlines()}
    return [line for line in part.text.splitlines() if line.strip() and fold(line) not in filled]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def signature_of(words: list[str]) -> bytes:
    """The signature of a text, packed; b"" for one too short to compare."""
    runs = {" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}
    if len(runs) < FEWEST_RUNS:
        return b""
    made = RMinHash(num_perm=SLOTS, seed=SEED)
    made.update(sorted(runs))
    return PACKED.pack(*made.digest())


def bands_of(signature: bytes) -> list[int]:
    """One number a band; equal where two signatures agree in the whole band."""
    size = 4 * PER_BAND
    return [
        int.from_bytes(
            blake2b(signature[at : at + size], digest_size=8, salt=at.to_bytes(2)).digest(),
            signed=True,
        )
        for at in range(0, len(signature), size)
    ]


def percent_alike(one: bytes, other: bytes) -> int:
    """The share of common runs that two signatures tell of."""
    same = sum(a == b for a, b in zip(PACKED.unpack(one), PACKED.unpack(other), strict=True))
    return round(100 * same / SLOTS)


def keep_sketches(nominations: list[Nomination]) -> None:
    """Keep the signatures of reports that are being sent, and whom they are like.

    Called within the act that sends them. What was kept before of the same report goes.
    """
    for row in nominations:
        ReportSketch.objects.filter(nomination=row).delete()
        ReportLikeness.objects.filter(nomination=row).delete()
        ReportLikeness.objects.filter(other=row).delete()
        if signature := signature_of(words_of(row.parts.all())):
            bands = bands_of(signature)
            _compare(row, signature, bands)
            made = ReportSketch.objects.create(nomination=row, method=METHOD, signature=signature)
            ReportBand.objects.bulk_create(ReportBand(sketch=made, value=each) for each in bands)


def _compare(row: Nomination, signature: bytes, bands: list[int]) -> None:
    """Write both sides of each pair; the candidate's own other dossiers are no copies."""
    campaign = row.offer.round.campaign_id
    near = ReportBand.objects.filter(value__in=bands).values("sketch")
    found = ReportSketch.objects.filter(
        pk__in=near, method=METHOD, nomination__offer__round__campaign=campaign
    ).exclude(
        nomination__recipient=row.recipient,
        nomination__unit=row.unit_id,
        nomination__person=row.person_id,
        nomination__household=row.household_id,
    )
    pairs = []
    for other, kept in found.values_list("nomination", "signature"):
        if (percent := percent_alike(signature, bytes(kept))) >= ALIKE_PERCENT:
            pairs.append(ReportLikeness(nomination=row, other_id=other, percent=percent))
            pairs.append(ReportLikeness(nomination_id=other, other=row, percent=percent))
    ReportLikeness.objects.bulk_create(pairs)


# Two reports side by side


@dataclass(frozen=True)
class Stretch:
    """A run of words of one report; ``same``: the other report has it too."""

    text: str
    same: bool


@dataclass(frozen=True)
class Pair:
    """Two reports cut into what they share and what they do not."""

    ours: list[Stretch]
    theirs: list[Stretch]
    percent: int


SHORTEST = 4
"""Fewer common words in a row are chance."""


def side_by_side(one: Nomination, other: Nomination) -> Pair:
    """What two reports have in common, word by word; spelling and tone marks do not part them."""
    ours, theirs = _text_of(one), _text_of(other)
    keys = [[fold(word).strip(".,;:!?()") for word in words] for words in (ours, theirs)]
    match = difflib.SequenceMatcher(None, *keys, autojunk=False)
    blocks = [each for each in match.get_matching_blocks() if each.size >= SHORTEST]
    common = sum(each.size for each in blocks)
    return Pair(
        _cut(ours, [(each.a, each.size) for each in blocks]),
        _cut(theirs, [(each.b, each.size) for each in blocks]),
        round(200 * common / max(1, len(ours) + len(theirs))),
    )


LONGEST = 6_000
"""Words compared of one report: more would keep the reader waiting."""


def _text_of(nomination: Nomination) -> list[str]:
    lines = (line for part in nomination.parts.all() for line in own_lines(part))
    return [word for line in lines for word in line.split()][:LONGEST]


def _cut(words: list[str], blocks: list[tuple[int, int]]) -> list[Stretch]:
    found, here = [], 0
    for start, size in blocks:
        found.append(Stretch(" ".join(words[here:start]), same=False))
        found.append(Stretch(" ".join(words[start : start + size]), same=True))
        here = start + size
    found.append(Stretch(" ".join(words[here:]), same=False))
    return [each for each in found if each.text]
