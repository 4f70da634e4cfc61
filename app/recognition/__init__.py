"""Recognition: once a year a few members are told by the others, and by nobody's count, that they helped.

Nominations hang on a post and only its author sees them; standing is the author's own act; five who volunteered read
blindly; whoever three of them say yes to is recognised, and proves it with a badge. Uses community (ballots, consents,
checked texts), questions (posts, marks, the crowd), notices.
"""
