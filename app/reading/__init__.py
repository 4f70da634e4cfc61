"""Peer reading: somebody reads a draft before it goes out, for its shape and for what would tell who wrote it.

Uses queues (who reads), questions (the draft, its gate) and notices. Neither learns who the other is; the text is sealed
under a key of its own and gone with it when the reading ends, at the latest after a day.
"""
