"""Households on the lists of the communes: what their statuses mean, how they are counted.

- ``courses``: a household's statuses through the years: what cannot be, what each year counts.
- ``codes``: with which codes of communes a household's code may begin.
- ``counting``: counts of villages and communes by year, of a whole list or of one village.
- ``homes``: where a year of one household lies.
- ``names``: texts to search in and to order by, for a million names.
- ``onfile``: what stands on file, in the shape in which a list tells it.
- ``places``: which unit a household belonged to at the end of each year.
- ``scope``: who sees households by name, and whose counts one sees.
- ``lists``, ``counts``: what the pages ask.

Households are known by name within their own commune only; above it there are counts.
"""
