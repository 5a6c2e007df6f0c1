"""Pages of ``criteria``, one module per noun."""
