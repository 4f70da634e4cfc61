"""The operator's rooms: setting a network up in six steps, and the same parts afterwards.

The operator looks after the service and sees no member: organisations by name, keys and mail by their state, the domain
file and the charter in versions. Roles are given by command (`shiome roles`) and told at the next sign-in. Uses accounts,
domains, escrow, mail and logs.
"""
