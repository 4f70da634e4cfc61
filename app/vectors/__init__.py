"""What matching remembers, sealed at rest: a vector and token counts a thread, and who answered it by handle.

The table is the truth; the index in each process is built from it at start and caught up by versions that tell no order.
"""
