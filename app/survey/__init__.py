"""The yearly survey: six questions with fixed answers, a month to answer them, and one publication in bands.

An answer is one row that only its member's session finds again; what is published are bands, never under ten, and the
rows go with the publication. Uses accounts and questions.
"""
