"""The kinds of data that ``units`` brings in by file; other apps register theirs in ``ready``."""

from units.imports.kind import ImportKind, register


def _kinds() -> list[ImportKind]:
    """One line for each kind of this app, in the order of loading."""
    return []


def register_all() -> None:
    """Make the kinds of ``units`` known to the road; called by ``UnitsConfig.ready``."""
    for kind in _kinds():
        register(kind)
