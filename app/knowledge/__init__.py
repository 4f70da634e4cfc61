"""The knowledge base: members' notes, and articles that editors compose out of good answers with their authors' consent.

A text goes draft, consenting, second, due, published; nothing of what is out leads to the threads it was made from.
Editors are members whose session holds a ballot or an office; who they are is kept nowhere. Uses community and below.
"""
