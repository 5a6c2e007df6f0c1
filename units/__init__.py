"""Who: the unit tree with its validity and successions, people and their dated appointments,
the yearly poverty review, and the log of every write.

May import ``config`` only.
"""
