"""The texts by which households are searched and ordered: those of ``config.text``, word by word.

Names share their words, so each word is folded and weighed once; the outcome is the same.
"""

from functools import lru_cache

from config.text import fold, sort_key

WORDS_KEPT = 20_000
SEARCH, ORDER = 200, 200
"""What the columns hold."""


@lru_cache(maxsize=WORDS_KEPT)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=WORDS_KEPT)
def _weighed(word: str) -> tuple[str, str]:
    """Letters and tones of a word, level ones at its end too: within a name others follow."""
    letters = sort_key(word).partition(" ")[0]
    tones = sort_key(f"{word}á").partition(" ")[2]
    return letters, tones[:-1]


def search_of(name: str) -> str:
    """What a name is found by."""
    return " ".join(map(_folded, name.split()))[:SEARCH]


def order_of(name: str) -> str:
    """What a name is ordered by."""
    words = name.split()
    if not "".join(words).isalpha():
        return sort_key(name)[:ORDER]
    weights = [_weighed(word) for word in words]
    letters = "!".join(letters for letters, _ in weights)
    tones = "".join(tones for _, tones in weights).rstrip("0")
    return f"{letters} {tones}".rstrip(" ")[:ORDER]
