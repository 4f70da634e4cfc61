"""What members' sessions leave to be counted: boxes that the reporter alone opens, put down by the worker in batches.

A post leaves a job, never a row here; the worker gathers what is due, shuffles it and puts it down under random ids.
Uses jobs and, for who is looking, accounts.
"""
