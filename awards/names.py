"""Names and numbers as the ledger compares and finds them; knows the words of ``kinds`` only."""

import re

from awards.kinds import Recipient
from config.text import clean_line, fold

LONGEST_WORD = 60

_TITLE = re.compile(
    r"\s*(?:hộ gia đình |gia đình |hộ )?(?:ông |bà |anh |chị |đồng chí )?(?=\S+ )", re.I
)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def name_key(name: str, recipient: str) -> str:
    """One key for all spellings of a name: no diacritics, no capitals, words in any order.

    What a decision writes before the name of a person or household ("Ông", "Hộ bà") is no part
    of it; marks count there, as Hồ is a surname.
    """
    if recipient not in Recipient.OPEN:
        name = _TITLE.sub("", clean_line(name), count=1)
    return " ".join(sorted(_words(name)))


def number_key(number: str) -> str:
    """The number of a decision however it was typed: "15/QĐ-UBND" is "15 /qd – ubnd"."""
    return " ".join(_words(number))


def words_of(*texts: str) -> set[str]:
    """Every word that the texts are found by: as written ("15/qd-ubnd"), and its parts."""
    found = {word for text in texts for word in (*fold(text).split(), *_words(text))}
    return {word[:LONGEST_WORD] for word in found}


def words_asked(text: str) -> list[str]:
    """The words of a search; signs around them do not count."""
    asked = (word.strip(".,;:()[]“”\"'–-/")[:LONGEST_WORD] for word in fold(text).split())
    return [word for word in dict.fromkeys(asked) if word]
