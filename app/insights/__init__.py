"""Reports of what organisations need, under differential privacy: plans, the budget, the reporter, what was released.

The reporter is a process of its own with keys of its own; it alone opens the boxes of `app.tallies`. Pages read what
was released and nothing else. Uses tallies, accounts and domains.
"""
