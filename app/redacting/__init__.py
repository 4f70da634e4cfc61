"""Identifying words in a draft: the analyser of this process and the names of the network's organisations. Uses
accounts."""
