"""The attackers that measure the promises. Each one is tested against a mutant it must beat."""
