"""Talks and text sessions: schedule, sign-up, anonymous questions, summaries. Uses community and knowledge."""
