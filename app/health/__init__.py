"""How the network fares: a report a quarter, in bands, that counts threads and never topics or people.

Counted once, two weeks after a quarter's end, by the worker; kept as it was published. Posts, logins, active users and
page views are left out on purpose: whoever steers by them makes people busy, not helped. Uses insights for names of
quarters, and questions, queues, vectors and logs for what happened.
"""
