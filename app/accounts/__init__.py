"""Who a person is, behind the wall: organisations, members, their secret, their sessions.

The identity store is the only place that names a person or an organisation, and every such word in it is sealed
under that member's own data key. Nothing here knows what a member asked. Uses no other feature.
"""
