"""Histories of other places: load a public one into the network, or replay one to see whom routing would have asked.

Uses questions, queues, vectors and jobs. The replay half (files, cache, measure, replaying) needs none of them: no
settings, no database, no keys.
"""
