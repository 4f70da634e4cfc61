"""A year of a network that does not exist, lived with the real matching code and without it.

What is assumed stands in `world` and `life`, what asks whom in `policies`, what is counted in `report`.
"""
