"""Parts of addresses: ``<suffix:suffix>`` is the form in which a table is taken away.

``path("bang.<suffix:suffix>", …)`` stands beside its list, so that the list may link to it by the
name alone. The view gets ".xlsx" or ".csv"; any other ending is no address of ours.
"""

from django.urls import register_converter

from config.downloads import SUFFIXES


class SuffixConverter:
    """The ending of a file name, with its point for the view."""

    regex = "|".join(suffix.lstrip(".") for suffix in SUFFIXES)

    def to_python(self, value: str) -> str:
        return f".{value}"

    def to_url(self, value: str) -> str:
        return value.lstrip(".")


register_converter(SuffixConverter, "suffix")
