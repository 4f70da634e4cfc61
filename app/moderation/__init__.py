"""Keeping the place in order: flags, what is held before it is out, the coordinators' desk, appeals.

Coordinators act on roles inside one thread and pass the gate of whoever is asked. What the rest of the service must know
of it lies below, in questions: what is hidden, what is held, and what was upheld against its author.
"""
