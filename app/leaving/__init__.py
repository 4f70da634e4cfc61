"""Pause, come back, take everything along, leave. Uses every feature that keeps something of a member.

Leaving happens in the member's own request. First nobody is let in any more, and what finds the member's things stays
sealed in their own row; then the work is put down, a sealed job a thing; then the identity is taken apart, that note with
it; then the work is done. Stopped anywhere, the worker finishes. What waits is one row a thing, shuffled and padded.
"""
