"""Every write of ``units``, one module per noun; the log row stands in the act's transaction."""

from units.actions.log import record

__all__ = ["record"]
