"""Giấy khen, bằng khen of a decision, one page a line, for ``reports.papers.certificates``."""

from collections.abc import Callable

from config.text import clean_line
from reports.documents.awards.reading import (
    body,
    day,
    decider,
    named,
    number_of,
    period_said,
    post,
    told_of,
    whereabouts,
)
from reports.papers.certificates import Certificate
from reports.papers.content import day as day_in_words


def collect(
    content: dict, check_url: Callable[[str], str], positions: frozenset[int] | None = None
) -> tuple[Certificate, ...]:
    """The chosen lines (None: all) in the order of the decision.

    ``check_url`` gives the address at which the public checks a code.
    """
    number, symbol = number_of(content, "QĐ")
    shared = {
        "issuer": decider(content),
        "author": body(content),
        "place_date": f"{clean_line(content['place'])}, {day_in_words(day(content['date']))}",
        "decision": f"{number}/{symbol}",
        "date": day(content["date"]),
        "post": post(content),
        "signer": content["signer"],
    }
    return tuple(
        Certificate(
            form=clean_line(line["form"]).partition(" của ")[0],
            name=named(line),
            whereabouts=whereabouts(line),
            achievement=_achieved(line),
            check_url=check_url(line["check_code"]),
            **shared,
        )
        for line in content["lines"]
        if positions is None or line["position"] in positions
    )


def _achieved(line) -> str:
    told = told_of(line["achievement"]) if line["achievement"] else ""
    told = told[:1].upper() + told[1:]
    period = period_said(line["period"])
    return ", ".join(part for part in (told, period) if part)
