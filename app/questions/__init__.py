"""A question and its answers, from draft to thread: scope, window, text sealed under its author's key.

Uses domains (forms, crowds) and accounts (the viewer). Who is asked is not decided here: publishing leaves a job.
"""
