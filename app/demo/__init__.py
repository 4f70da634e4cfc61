"""The demo: a fictional network of fish farmers, written through the same services as a real one.

Uses every feature below it and is used by none. `material` reads hand-written cases, `plan` turns a seed into people
and threads, `fill` writes them, `commands` runs the whole.
"""
