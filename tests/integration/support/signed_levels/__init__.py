"""The small internet of three_levels, signed: sound zones of three signers, and zones that are broken on purpose.

keys.py makes keys, signing.py signs zone files with the tools of ldns and BIND, knot_signing.py lets Knot sign
while it serves, world.py hangs signed zones together. damage.py breaks a signed zone, broken.py lists what is
broken and what is to be thought of it, sound.py lists what has to be believed. resolvers.py starts who is
compared, delv.py asks a validator that is no resolver, differences.py lists where they differ, and why.
"""
