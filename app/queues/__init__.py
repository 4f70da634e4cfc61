"""The expert's side: expert profiles under routing handles, offers, claims, passes; and contacts for the post office.

Uses questions. The worker wakes it: a published thread leaves a job, and routing runs in a transaction of its own.
"""
