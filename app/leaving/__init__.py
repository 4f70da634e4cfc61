"""Pause, come back, take everything along, leave. Uses every feature that keeps something of a member.

Leaving happens in the member's own request, while their secret is there to find what is theirs: first the work is put
down, a sealed job a thing, then the identity is taken apart, then the work is done. Stopped anywhere, either nothing has
gone and the member confirms again, or the worker finishes. What waits is one row a thing, shuffled and padded.
"""
