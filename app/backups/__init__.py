"""Backups of the three stores, each apart, and putting them back: what a backup alone gives away is on the page of what
falls, and tried out. Uses the database and the key files.
"""
