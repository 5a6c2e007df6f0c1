"""To whom: forms of commendation, the law about them by date, rounds, and the ledger of honours.

``kinds`` holds the law's own words, ``models`` the rule sets with their tables, ``law`` answers
what holds on a day, ``working_days`` counts, ``names`` tells spellings from names, ``history`` what
a subject received across reorganisations, ``likeness`` which entries may be one, ``loading`` brings
in what ``data`` ships, ``actions`` writes. ``steps`` are the arrows of a round, ``round_rules``
what it must keep to, ``round_page`` what its page tells. May import everything to the left of
``reports``.
"""
