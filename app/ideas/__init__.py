"""The board of ideas: members and the operating company post side by side, vote once each, and read what became of it.

Its texts are writings and its votes ballots of `app.community`; here stand an idea's state, its due day, and the talk about
its specification. What the reporter says of the votes comes from `app.insights`, which lies above. Uses community,
escalation (a question that became an idea), tallies.
"""
