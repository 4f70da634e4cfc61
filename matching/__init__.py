"""Who should be asked: expert finding over a network's own history.

Plain values in, frozen results out: nothing here opens a file, a socket or a database, and none of it reads a clock.
"""
