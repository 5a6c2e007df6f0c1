"""Pages of ``units``, one module per noun."""
