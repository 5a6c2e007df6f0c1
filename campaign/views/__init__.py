"""Pages of ``campaign``: the plan and its calendar, the ledger of contributions."""
