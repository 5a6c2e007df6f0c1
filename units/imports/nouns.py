"""The kinds of data that ``units`` brings in by file; other apps register theirs in ``ready``."""

from units.imports.changes import Changes
from units.imports.enterprises import Enterprises
from units.imports.households.kind import Households
from units.imports.kind import ImportKind, register
from units.imports.plans import Plans
from units.imports.reviews.kind import Reviews
from units.imports.statements.kind import Statements
from units.imports.users import Users
from units.imports.villages import Villages


def _kinds() -> list[ImportKind]:
    """One line for each kind of this app, in the order of loading."""
    return [
        Changes(),
        Villages(),
        Enterprises(),
        Households(),
        Reviews(),
        Statements(),
        Plans(),
        Users(),
    ]


def register_all() -> None:
    """Make the kinds of ``units`` known to the road; called by ``UnitsConfig.ready``."""
    for kind in _kinds():
        register(kind)
