"""What the one import road asks of each kind of data: the row definition, its rules, its writes.

A kind is described once and served everywhere: template, page, workbook that comes back, admin,
command and national stream all call the same methods, so that each door gives the same verdict.

The road: ``config.sheets`` reads rows → ``judge`` finds faults beyond single cells → ``keep``
lets go of what must not be stored → the rows wait as ``ImportRow`` → ``on_file`` says what they
replace → ``finish`` looks at the whole → a person confirms → the rows are judged again against
today's data → ``write``. Values are those of ``config.sheets.convert``; rows that wait are JSON.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from django import forms

from config.sheets import Definition
from units.models import Import, ImportRow, User


class Fault(NamedTuple):
    """Something wrong with a row: in which column, by what rule, in words that say how to mend it.

    ``rule`` is a short English name (``unknown_village``), the same at every door. A note
    (``blocking`` False) only asks to look again. Words must not quote a concealed column. ``key``
    matters to ``finish`` alone: the row that the finding is told at; without it, it is told of
    the file as a whole.
    """

    column: str
    rule: str
    message: str
    blocking: bool = True
    key: str = ""


class NoOptions(forms.Form):
    """For kinds that need nothing beside the file."""


class ImportKind:
    """One kind of data that comes in by file. Subclasses are stateless and registered once.

    ``slug`` stands in addresses and on ``Import.kind``; ``title`` names the data in Vietnamese;
    ``counted`` is the noun of one row ("hộ"). ``sensitive``: the file itself is never kept, and
    ``concealed`` columns are let go of after ``judge`` and ``keep``.
    """

    slug = ""
    title = ""
    counted = "dòng"
    sensitive = False
    concealed: tuple[str, ...] = ()
    options: type[forms.Form] = NoOptions
    """The form of what is asked beside the file. It is made with ``user=`` when it takes that."""
    sequence: tuple[str, ...] = ()
    """Slugs of the kinds that must be in before this one, for the page that lists them all."""

    def refusal(self, user: User, options: dict | None = None) -> str | None:
        """Why the user may not bring in this kind (with these options); None when allowed."""
        raise NotImplementedError

    def definition(self, options: dict) -> Definition:
        """Columns of the workbook, for template, help, reading and export alike."""
        raise NotImplementedError

    def surroundings(self, options: dict, user: User | None) -> Any:
        """Everything that rows are judged against, by a fixed number of queries.

        ``None`` as user is the system (a command): the scope is then the whole register.
        """
        return None

    def key(self, values: dict) -> str:
        """The natural key of a row; two rows of one key are refused by the road itself."""
        raise NotImplementedError

    def key_column(self) -> str:
        """The column at which a doubled key is told."""
        raise NotImplementedError

    def judge(self, values: dict, around: Any) -> Iterable[Fault]:
        """What is wrong with a row beyond its single cells. Called for every row, good or not:

        values of cells that could not be read are "" or None, and are told already.
        """
        return ()

    def keep(self, values: dict, around: Any) -> dict:
        """What of a right row is stored: JSON-able. May count the rest into ``around``."""
        return values

    def unit_of(self, values: dict, around: Any) -> int | None:
        """Key of the unit that the row belongs to, for counts by unit in the preview."""
        return None

    def on_file(self, keys: Collection[str], around: Any) -> dict[str, dict]:
        """What stands on file for these keys, in the shape of ``keep``; one query a chunk."""
        raise NotImplementedError

    def finish(self, job: Import, around: Any) -> Iterator[Fault]:
        """Findings about the file as a whole, once all rows are read; may add ``ImportRow`` parts

        (rows that go to other tables, rows on file that the file takes away).
        """
        return iter(())

    def summary(self, job: Import) -> tuple[str, dict] | None:
        """What the preview shows beside the difference: a template and what it is filled with."""
        return None

    def write(self, job: Import, rows: Iterable[ImportRow], around: Any, *, by, at) -> None:
        """Write a chunk of new, changed or removed rows through the actions of their noun.

        Called inside the transaction. Sets ``object_id`` of the rows it wrote.
        """
        raise NotImplementedError

    def after(self, job: Import, around: Any, *, by, at) -> None:
        """What follows once all chunks are written: log, followers. Inside the transaction."""

    def hold_back(self, job: Import) -> list[str]:
        """Why a written import cannot be undone: what has been built upon it since."""
        return []

    def undo(self, job: Import, rows: Iterable[ImportRow], *, by, at) -> None:
        """Put a chunk of rows back as they were, last row first. Inside the transaction."""
        raise NotImplementedError

    def rows(self, options: dict, user: User) -> Iterator[dict]:
        """What the template is filled in with, and what an export holds: values by column."""
        return iter(())


_registered: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Make a kind known to the road; each app does so in ``AppConfig.ready``. Twice is once."""
    _registered[kind.slug] = kind


def kinds() -> list[ImportKind]:
    """All kinds, those that others build upon first."""
    return sorted(_registered.values(), key=lambda kind: (len(kind.sequence), kind.title))


def kind_of(slug: str) -> ImportKind | None:
    return _registered.get(slug)


def allowed_to(user: User) -> list[ImportKind]:
    """The kinds that the user may bring in at all."""
    return [kind for kind in kinds() if kind.refusal(user) is None]
