"""Words the rules go by: chosen by hand, moderate in size, from everyday knowledge of both languages."""


def words(text: str) -> frozenset[str]:
    """The words of a text, however its lines are broken."""
    return frozenset(text.split())
