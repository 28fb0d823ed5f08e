"""Where validators differ from Shirube: each such question has to be in EXPECTED, with the reason."""

from support.three_levels.differences import NAMED, UNBOUND, Expected

DELV, TABLE = "delv", "the table"

EXPECTED = ()
