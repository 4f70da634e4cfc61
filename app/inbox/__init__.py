"""What a member is told, on one page, found by their own session; what they want by mail; what comes first after
signing in. Home and the pages that read notes anyway say that there is something new, no other page asks, and nothing is
counted. Uses notices and below.
"""
