"""Another encoder for a network that has a past: its vectors are made beside those in use, while everything runs.

Uses queues, questions and the stored vectors.
"""
