"""A root, two top-level domains, 200 zones on nsd and Knot: Shirube answers as unbound and named do."""

from dataclasses import replace

from support import case
from support.three_levels import (
    asking,
    authorities,
    corners,
    failures,
    judging,
    ordinary,
    resolvers,
    truth,
    world,
)
from support.three_levels.asking import Answer, rrset
from support.three_levels.differences import NAMED, UNBOUND, ZONE_FILES, Expected, compare

TLDS = ("alpha.", "beta.")
ORDINARY_ZONES = 150
ADDRESSES = 60  # of each authority
SEED = 1
LEAST_ZONES, LEAST_QUESTIONS = 200, 1_500
SHIRUBE, PEERS = "127.0.0.1", {UNBOUND: "127.0.0.4", NAMED: "127.0.0.3"}


def three_levels():
    made = world.founded(TLDS, ADDRESSES)
    origins = ordinary.add_zones(made, TLDS, ORDINARY_ZONES, SEED)
    made.questions += ordinary.questions(origins, ordinary.EVERYTHING)
    corners.add_corners(made)
    failures.add_failures(made)
    return made


class ThreeLevels(judging.TestCase):
    def test_answers_are_those_of_unbound_and_named_and_of_the_zone_files(self):
        made = three_levels()
        self.assertGreaterEqual(len(made.zones), LEAST_ZONES)
        self.assertGreaterEqual(len(made.questions), LEAST_QUESTIONS)
        for server in authorities.served(made):
            self.started(server)
        self.started(resolvers.serve_unbound(made, PEERS[UNBOUND]))
        self.started(resolvers.serve_named(made, PEERS[NAMED]))
        self.started(resolvers.serve_shirube(made, SHIRUBE))
        cold, *theirs = asking.all_answers([SHIRUBE, *PEERS.values()], made.questions)
        right = truth.Truth(made)
        others = dict(zip(PEERS, theirs)) | {ZONE_FILES: [right.answer(*asked) for asked in made.questions]}
        slowest = max(answer.seconds for answer in cold)
        self.note(f"{len(made.zones)} zones; slowest answer {slowest:.3f} s")
        self.judge("cold", made.questions, cold, others)
        # What one question left in the cache must not change the answer to another.
        self.judge("cached", made.questions, asking.answers(SHIRUBE, made.questions), others)


class Comparing(case.TestCase):
    """The comparison itself must be able to fail."""

    def setUp(self):
        made = world.founded(TLDS, 1)
        made.add("one.alpha.", corners.NSD, "www A 192.0.2.1\nwww AAAA 2001:db8::1\nalias CNAME WWW")
        self.questions = [("WWW.one.alpha.", "A"), ("alias.one.alpha.", "A"), ("www.one.alpha.", "ANY")]
        right = truth.Truth(made)
        self.right = [right.answer(*question) for question in self.questions]

    def compared(self, number, answer, *expected):
        ours = list(self.right)
        ours[number] = answer
        return compare(self.questions, ours, {ZONE_FILES: self.right}, expected)

    def test_equal_answers(self):
        result = self.compared(0, self.right[0])
        self.assertEqual((result.unexpected, result.stale, result.differing), ([], [], {ZONE_FILES: 0}))
        self.assertEqual(len(self.right[1].rrsets), 2)
        self.assertEqual(len(self.right[2].rrsets), 2)

    def test_other_code_or_fewer_records(self):
        for answer in (
            Answer("NXDOMAIN", self.right[1].rrsets),
            Answer("NOERROR", frozenset()),
            replace(self.right[1], authentic=True),
            asking.NO_ANSWER,
        ):
            self.assertEqual(len(self.compared(1, answer).unexpected), 1)

    def test_part_of_any(self):
        part = frozenset(list(self.right[2].rrsets)[:1])
        self.assertEqual(self.compared(2, Answer("NOERROR", part)).unexpected, [])
        self.assertEqual(len(self.compared(2, Answer("NOERROR", frozenset())).unexpected), 1)
        self.assertEqual(len(self.compared(2, Answer("NOERROR", self.right[1].rrsets)).unexpected), 1)

    def test_listed_differences_must_occur(self):
        listed = Expected(ZONE_FILES, "WWW.*", ("A",), "to see whether the list is used")
        missing = Answer("NXDOMAIN", frozenset())
        self.assertEqual(self.compared(0, missing, listed).unexpected, [])
        self.assertEqual(self.compared(0, missing, listed).stale, [])
        self.assertEqual(self.compared(0, self.right[0], listed).stale, [listed])
        self.assertEqual(self.compared(0, self.right[0], replace(listed, sometimes=True)).stale, [])
        self.assertEqual(self.compared(0, missing, replace(listed, sometimes=True)).unexpected, [])
        self.assertEqual(
            self.compared(0, self.right[0], Expected(NAMED, "WWW.*", ("A",), "no such peer")).stale, []
        )


if __name__ == "__main__":
    case.main()
