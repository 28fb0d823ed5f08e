"""The small internet of three_levels, signed: sound zones of three signers, and zones broken on purpose.

knot_signing.py lets Knot sign while it serves, signed_zone.py opens a signed zone to be spoilt, world.py hangs
zones together. damage.py spoils a zone, broken.py lists what is broken and what is to be thought of it, sound.py
what has to be believed; ordinary.py is what all of them hold and are asked. delv.py asks a validator that is no
resolver, differences.py lists where validators differ, and why. What serves, asks and compares is in three_levels.
"""
