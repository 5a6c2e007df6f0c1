"""Questions to the reports, one module per page that asks them."""
