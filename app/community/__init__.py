"""What the features of the community stand on: writings at places, ballots, consents.

A place is anything members write at: an idea, a note, a session, a cohort. The feature's own row has the place's id, and
nothing in this package knows which feature that is.
"""
