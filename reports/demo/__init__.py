"""The demonstration: two invented years of the campaign, played through the portal's own actions.

- ``loading``: the whole play, step by step; ``journal``: which steps are done, and the guard that
  keeps it out of a database with real data.
- ``people``: the accounts; ``fates``: what becomes of each unit's report; ``walk``: a report from
  its first line to its acceptance; ``judging``: points and rankings; ``summing``: the summary
  of 2022; ``reviews``: the workbooks of the poverty review.
- ``registers``: villages, lists of households, tables, a merger in preparation; ``listed``: the
  households behind the reviews; ``giving``: enterprises, gifts, persons, honours; ``files``: how
  all of these come in.
- ``simulation``, ``amounts``, ``tables``, ``texts``, ``evidence``: invented figures, annexes,
  words and files. ``dice``: chance that falls the same way every time.

Nothing here writes a row but through actions; only this package stops the clock.
"""
