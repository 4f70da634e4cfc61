"""The post office: the only process that opens the addresses left for mail. Everyone else hands it closed boxes.

Mails are one of a few fixed texts, equal for everyone but for the code in a sign-up mail. Uses jobs.
"""
