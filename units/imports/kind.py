"""What the one import road asks of each kind of data: the row definition, its rules, its writes.

A kind is described once and served everywhere: template, page, workbook that comes back, admin,
command and national stream all call the same methods, so that each door gives the same verdict.

The road: ``config.sheets`` reads rows → ``judge`` finds faults beyond single cells → ``keep``
lets go of what must not be stored → the rows wait as ``ImportRow`` → ``on_file`` says what they
replace → ``removed`` and ``finish`` look at the whole → a person confirms → the rows are judged
again against today's data → ``write``. Values are those of ``config.sheets.convert``; rows that
wait are JSON: days in ISO form, decimals as text ("1.5"), brought back by ``revived``.

``options`` are everywhere the JSON form of the options form's cleaned data: rows of the database
by their key, days in ISO form.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from django import forms
from django.db.models import QuerySet

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


class Batch(Protocol):
    """A chunk of waiting rows: iterated as often as one likes, or written set-based.

    ``queryset`` are the same rows for a write in one statement (``INSERT … SELECT``), without
    loading them. Iterated rows whose ``object_id`` was set are saved by the road.
    """

    queryset: QuerySet

    def __iter__(self) -> Iterator[ImportRow]: ...

    def __len__(self) -> int: ...


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
    about = ""
    """One line for the page that lists all kinds: what it is for, who brings it in."""
    sensitive = False
    concealed: tuple[str, ...] = ()
    options: type[forms.Form] = NoOptions
    """The form of what is asked beside the file. It is made with ``user=`` when it takes that."""
    sequence: tuple[str, ...] = ()
    """Slugs of the kinds that must be in before this one, for the page that lists them all."""
    duplicate_rule = "duplicate_id"
    """The name of the rule that one key stands in one row of the file only."""
    parts: dict[str, str] = {}
    """Title of each part of ``ImportRow`` beside the rows themselves, for the preview."""

    def refusal(self, user: User, options: dict | None = None) -> str | None:
        """Why the user may not bring in this kind (with these options); None when allowed.

        Without options it is asked for every page's navigation: no query beyond the user's seats.
        """
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
        """The natural key of a row, at most 120 characters; "" when its cells could not be read.

        Two rows of one key are refused by the road itself.
        """
        raise NotImplementedError

    def key_column(self) -> str:
        """The column at which a doubled key is told."""
        raise NotImplementedError

    def judge(self, values: dict, around: Any) -> Iterable[Fault]:
        """What is wrong with a row beyond its single cells. Called for every row, good or not:

        values of cells that could not be read are "" or None, and are told already.
        """
        return ()

    def judge_again(self, values: dict, around: Any) -> Iterable[Fault]:
        """What is wrong with a waiting row today: what was kept, revived, blanks for the rest.

        A kind with rules about concealed columns leaves those rules out here.
        """
        return self.judge(values, around)

    def keep(self, values: dict, around: Any) -> dict:
        """What of a right row is stored: JSON-able. May count the rest into ``around``."""
        return values

    def unit_of(self, values: dict, around: Any) -> int | None:
        """Key of the unit that the row belongs to, for the write and for counts in the preview.

        Asked again of a waiting row, which may have come to belong to another unit meanwhile; None
        where its kept values no longer tell: then the unit stays as it was read.
        """
        return None

    def on_file(self, keys: Collection[str], around: Any) -> dict[str, dict]:
        """What stands on file for these keys, in the shape of ``keep``; one query a chunk."""
        raise NotImplementedError

    def removed(self, job: Import, around: Any) -> Iterable[ImportRow]:
        """Rows on file that the file takes away (unsaved, verdict ``REMOVED``, ``number`` 0).

        Asked when the file is read, and again at the confirmation (``job.rows`` then holds those
        of the reading as well): if the answer differs by then, nothing is written and the preview
        is made anew.
        """
        return ()

    def finish(self, job: Import, around: Any) -> Iterator[Fault | ImportRow]:
        """Findings about the file as a whole, once all rows are read and stored.

        May also yield unsaved ``ImportRow`` of other parts (rows that go to other tables, made
        from what ``keep`` counted). Called once, at the reading; see ``recheck``.
        """
        return iter(())

    def summary(self, job: Import) -> tuple[str, dict] | None:
        """What the preview shows beside the difference: a template and what it is filled with."""
        return None

    def recheck(self, job: Import, around: Any) -> Iterable[Fault]:
        """Findings about the whole against today's data, before a confirmed file is written."""
        return ()

    def outdated(self, job: Import) -> list[str]:
        """Why a waiting file must be brought in anew, where its preview cannot be made anew."""
        return []

    def hold(self, job: Import) -> None:
        """Lock what other doors write to as well, before a first look at any row, in or back."""

    def write(self, job: Import, rows: Batch, around: Any, *, by, at) -> None:
        """Write a chunk of new, changed or removed rows through the actions of their noun.

        Called inside the transaction; the row of ``job`` itself must not be written. May set
        ``object_id`` of the rows it wrote; the road saves it.
        """
        raise NotImplementedError

    def after(self, job: Import, around: Any, *, by, at) -> None:
        """What follows once all chunks are written: log, followers. Inside the transaction."""

    def told(self, on_file: dict) -> dict:
        """What of a row on file its file told: by this an undo sees whether it was edited since."""
        return on_file

    def hold_back(self, job: Import) -> list[str]:
        """Why a written import cannot be undone: what has been built upon it since."""
        return []

    def undo(self, job: Import, rows: Batch, *, by, at) -> None:
        """Put a chunk of rows back as they were, last row first. Inside the transaction.

        The road has made sure that what stands on file is still what the import wrote.
        """
        raise NotImplementedError

    def after_undo(self, job: Import, *, by, at) -> None:
        """What follows once all chunks are put back: followers. Inside the transaction."""

    def shown_columns(self, user: User, options: dict, part: str = "") -> tuple[str, ...]:
        """The columns whose values the preview shows to this user, in order."""
        if part:
            return ()
        columns = self.definition(options).columns
        return tuple(column.name for column in columns if column.name not in self.concealed)

    def label(self, name: str, options: dict, part: str = "") -> str:
        """What the preview calls a column; parts whose columns differ say so here."""
        return self.definition(options).column(name).label

    def tells_changes(self, user: User, options: dict) -> bool:
        """Whether this user may know which rows change anything, and what stands on file."""
        return True

    def note_shown(self, job: Import, *, by: User) -> None:
        """The rows of an import were shown to this user: a log row where names are to be seen."""

    def result_url(self, job: Import) -> str:
        """Where the data that were written can be looked at; "" when nowhere in particular."""
        return ""

    def rows(self, options: dict, user: User) -> Iterator[dict]:
        """What the template is filled in with, and what an export holds: values by column."""
        return iter(())


_registered: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Make a kind known to the road; each app does so in ``AppConfig.ready``. Twice is once."""
    _registered[kind.slug] = kind


def kinds() -> list[ImportKind]:
    """All kinds, those that others build upon first, else as they were registered."""
    return sorted(_registered.values(), key=lambda kind: len(kind.sequence))


def kind_of(slug: str) -> ImportKind | None:
    return _registered.get(slug)


def allowed_to(user: User) -> list[ImportKind]:
    """The kinds that the user may bring in at all."""
    return [kind for kind in kinds() if kind.refusal(user) is None]
