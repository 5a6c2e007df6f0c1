"""By what measure: versioned criteria sets, checklists, answers, evidence, scores and rankings.

May import ``config``, ``units`` and ``campaign``.
"""
