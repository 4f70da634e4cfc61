"""The topic map: where experience has gathered, in bands, at fixed dates, about no fewer than five experts.

Uses queues and the evidence that matching keeps. Counted by the worker once a month; what was published is what is
served.
"""
