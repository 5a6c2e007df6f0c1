"""How fast, beside the machine's own yardsticks: ``make bench``.

Every figure stands beside what the same machine needs for the bare work: the same SQL written by
hand, openpyxl alone, an empty page. The ratio is what counts; a limit that is missed makes the
run fail. Nothing here is a timed test, and pytest does not collect this folder.

- ``room`` makes a database of its own and drops it; ``measuring`` takes medians and prints.
- ``nation``, ``year`` and ``reviews`` fill it: the real register of Vĩnh Phúc, then sixty-two
  invented provinces of the real ones' size. Rows are written set by set with ``bulk_create``,
  past the actions: here it matters what the database holds, not how it came there.
- ``pages``, ``lists``, ``rankings``, ``completeness``, ``poverty``, ``summaries`` and
  ``workbooks`` measure; where the yardstick is SQL by hand, its rows must be the portal's.

``python -m tests.benchmarks --help`` tells how to choose the database and the parts.
"""
