"""Work to be done and mail to be sent, in one table, claimed with a lease, deleted when done."""
