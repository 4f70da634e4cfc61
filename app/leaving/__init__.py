"""Pause, export, leave: calls every lower feature's erase and export. Uses queues, questions, escrow and accounts."""
