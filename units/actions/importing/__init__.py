"""How an import is carried through; ``units.actions.imports`` is its public face.

``work``: one process at work on one import, its progress, its ear for a stop. ``rows``: waiting
rows and findings in and out of the database. ``reading``, ``writing``, ``undoing``: the phases.
``stages``: the only place that assigns ``Import.state``.
"""
