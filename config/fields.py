"""Columns that behave alike on both databases."""

from django.db import models


class ByteOrderField(models.CharField):
    """Text compared byte by byte whatever the locale of the database.

    Paths of the tree need it (one index range is one subtree) and sort keys too. SQLite compares
    so by itself; PostgreSQL is told by the collation "C".
    """

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
