"""The post office: the only process that can read an address. Everyone else hands it closed boxes.

Mails are one of a few fixed texts, equal for everyone but for the code in a sign-up mail. Uses jobs.
"""
