"""What and when: the campaign, its goals, phases, periods, deadlines, extensions and duties.

May import ``config`` and ``units``.
"""
