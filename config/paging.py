"""Lists in pages: as few questions to the database as can be, and quick on the last page too."""

from collections.abc import Iterator

from django.core.paginator import Page, Paginator


class CountedPaginator(Paginator):
    """Pages of a list whose length may be known already; then the database is not asked."""

    def __init__(self, object_list, per_page: int, *, count: int | None = None):
        super().__init__(object_list, per_page)
        if count is not None:
            self.count = count


class KeyedPaginator(CountedPaginator):
    """Pages of an ordered queryset: first the keys of the page's rows, then the rows.

    A database that must skip ten thousand rows carries along all that it was asked to hand out.
    Keys are light. It costs one query more.
    """

    def page(self, number) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.object_list.values_list("pk", flat=True)[first : first + self.per_page]
        return self._get_page(self.object_list.filter(pk__in=list(keys)), number, self)


STREAM_CHUNK = 2_000
"""Rows that stand in memory at once while a list is taken away."""


def streamed(rows) -> Iterator:
    """Every row of a list's queryset, one after the other, whatever the length of the list."""
    return rows.iterator(chunk_size=STREAM_CHUNK)
