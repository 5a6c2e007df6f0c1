"""Official papers, one module each: plain data in, a ``reports.papers`` value out.

A paper is made from a frozen snapshot alone: no module here but ``snapshot`` asks the database.
"""
