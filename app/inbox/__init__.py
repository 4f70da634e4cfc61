"""What a member is told, on one page, found by their own session; what they want by mail; what comes first after
signing in. Nothing here says on another page that there is something, and nothing is counted. Uses notices and below.
"""
