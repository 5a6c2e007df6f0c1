"""What came of it: unit reports and their states, summaries, official papers, public pages.

The top layer: it reads all below and nothing imports it.
"""
