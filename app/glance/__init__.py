"""The network at a glance: what is asked, where help is wanted, what came of it. Uses knowledge, ideas and questions."""
