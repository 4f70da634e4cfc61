"""Pages that belong to no feature: the first page, who sees what, the charter, health, and the demo's outbox.

Uses every feature's words, writes nothing.
"""
