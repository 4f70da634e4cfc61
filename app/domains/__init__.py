"""The trade: groups, subjects, topics, facets, attributes and forms, read from one file; crowds over them.

A second network in another trade runs by naming another file. Uses accounts, for the crowd.
"""
