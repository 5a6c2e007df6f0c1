"""Households on the lists of the communes: what their statuses mean, how they are counted.

- ``courses``: a household's statuses through the years: what cannot be, what each year counts.
- ``counting``: counts of villages and communes by year, of a whole list or of one village.
- ``names``: texts to search in and to order by, for a million names.
- ``places``: which unit a household belonged to at the end of each year.
- ``scope``: who sees households by name, and whose counts one sees.
- ``lists``, ``counts``: what the pages ask.

Households are known by name within their own commune only; above it there are counts.
"""
