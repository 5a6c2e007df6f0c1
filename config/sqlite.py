"""Make SQLite behave like PostgreSQL where the portal relies on it."""


def prepare(connection, **kwargs):
    """Give each SQLite connection the collation "C" that the path columns name.

    PostgreSQL has it built in: byte order, so that one index range is one subtree whatever the
    locale of the database. Two strings compare by code point here, which for the digits and
    slashes of a path is the same.
    """
    if connection.vendor == "sqlite":
        connection.connection.create_collation("C", lambda a, b: (a > b) - (a < b))
