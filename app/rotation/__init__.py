"""Key rotation: a new root key seals from now on, and what older ones sealed is sealed anew, in small steps, while
everything runs; the end is proven by reading the key id of every envelope. Uses accounts and the tables of all below.
"""
