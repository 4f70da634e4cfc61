"""Two logs: security (who, when) in the identity file, content (event and date) in the content file; each a hash
chain whose daily head stands where the operator cannot quietly change it. Uses no other feature."""
