"""The attackers run on the live network, and the report members can read. Uses every lower feature."""
