"""To whom: the award forms of the plan. Nominations, council and decisions will live here.

May import everything to the left of ``reports``.
"""
