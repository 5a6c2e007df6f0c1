"""Pages, one module per job: front and home, filling, trail, reviewing, progress, summaries."""
