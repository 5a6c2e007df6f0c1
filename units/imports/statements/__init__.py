"""The statistical table of poor households by unit and year (kind "so-lieu").

Rows of villages and communes are kept as ``PovertyTally`` of origin "statement"; rows of
districts, provinces and the country are sums, which are only compared with their parts.
``definition`` has the columns, ``rules`` judge one row, ``sums`` the rows of sums, ``kind`` puts
them together; ``units.actions.statements`` writes.
"""
