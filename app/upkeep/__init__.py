"""How the service fares: what `shiome doctor` prints, what the operator reads on a page, and what `/readyz` answers.

Each check looks at one part and says in a sentence what it found and what can be done; none looks at a member. Uses
operating, backups, insights, escrow, logs, vectors and jobs.
"""
