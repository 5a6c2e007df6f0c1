"""Pages of ``awards``: the ledger of honours, the law that is in force."""
