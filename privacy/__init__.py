"""What may be shown, and how it is kept: pure decisions and sealed values.

Nothing here reads a file, a database, a request or a clock. Keys, randomness and time are arguments.
"""
