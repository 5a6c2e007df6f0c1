"""What comes in by file: the road that all kinds of data take, and the kinds of ``units``.

``kind`` is what the road asks of a kind; ``nouns`` names those of this app; ``road`` carries a
file from reading to preview; ``lives`` finds the unit that a code means on a day. Nothing here
writes figures: ``units.actions`` does, after the same check.
"""
