"""A small internet on real servers: a root, top-level domains and zones below them, on nsd and Knot.

world.py says what a zone is and how zones hang together; ordinary.py draws any number of everyday zones from
a seed, corners.py holds the unusual ones, failures.py the broken ones. authorities.py serves the whole,
resolvers.py starts who is compared on it, asking.py asks, truth.py reads the right answer off the zones,
differences.py compares, judging.py fails the test.
"""
