"""Schema history of the three files; imports nothing from app but the tables' metadata, and that only in env.py."""
