"""The figures of a summary, one module per table; each docstring says unit and source.

``counting`` fixes which reports count. Everything is plain frozen values: no querysets leave
here. Poverty figures come from the yearly review, all others from accepted reports.
"""
