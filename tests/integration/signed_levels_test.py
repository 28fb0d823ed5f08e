"""Zones of three signers and zones broken on purpose: Shirube judges as unbound, named and delv do."""

import concurrent.futures
from dataclasses import replace

from support import case
from support.signed_levels import broken, resolvers, sound, world
from support.signed_levels.delv import Delv
from support.signed_levels.differences import DELV, EXPECTED, TABLE
from support.three_levels import asking, authorities
from support.three_levels.differences import NAMED, UNBOUND, compare

LEAST_BROKEN = 40
SHIRUBE, CARRIER, PEERS = "127.0.0.1", "127.0.0.5", {UNBOUND: "127.0.0.4", NAMED: "127.0.0.3"}


def signed_levels():
    made = world.founded()
    broken.add_broken(made)
    sound.add_sound(made)
    return made


def verdict(answer):
    """Only what a validator decides: the code, and whether the answer is authentic."""
    return replace(answer, rrsets=frozenset())


def is_for_delv(name, kind):
    """Each question costs a process: the host and the absent name of each zone, and aliases between zones."""
    return kind == "A" and not name.startswith("alias.")


def all_answers(addresses, questions):
    """The answers of each address, asked all at the same time."""
    with concurrent.futures.ThreadPoolExecutor() as threads:
        return list(threads.map(lambda address: asking.answers(address, questions, dnssec=True), addresses))


class SignedLevels(case.TestCase):
    def test_verdicts_are_those_of_unbound_and_named_and_delv(self):
        made = signed_levels()
        self.assertGreaterEqual(len(made.damages), LEAST_BROKEN)
        for server in authorities.served(made, {world.SIGNING_KNOT: made.sign_and_serve}):
            self.started(server)
        self.started(resolvers.serve_unbound(made, PEERS[UNBOUND]))
        self.started(resolvers.serve_unbound(made, CARRIER, validates=False))
        self.started(resolvers.serve_named(made, PEERS[NAMED]))
        self.started(resolvers.serve_shirube(made, SHIRUBE))
        self.note(f"{len(made.zones)} zones, {len(made.recipes)} signed, {len(made.damages)} of them spoilt")
        cold, *theirs = all_answers([SHIRUBE, *PEERS.values()], made.questions)
        records = dict(zip(PEERS, theirs))
        short = [question for question in made.questions if is_for_delv(*question)]
        by_delv = dict(zip(short, Delv(made, CARRIER).answers(short)))
        cached = asking.answers(SHIRUBE, made.questions, dnssec=True)
        # What one question left in the cache must not change the verdict on another.
        for state, ours in (("cold", cold), ("cached", cached)):
            self.judge(state, made.questions, ours, records)
            ours = {question: verdict(answer) for question, answer in zip(made.questions, ours)}
            for peer, theirs in ((TABLE, made.outlooks), (DELV, by_delv)):
                asked = list(theirs)
                self.judge(state, asked, [ours[question] for question in asked], {peer: list(theirs.values())})

    def test_sha1_is_verified_where_the_administrator_wants_it(self):
        made = world.founded()
        broken.add_broken(made, "sha1", "sha1-hashed")
        for server in authorities.served(made, {world.SIGNING_KNOT: made.sign_and_serve}):
            self.started(server)
        self.started(resolvers.serve_shirube(made, SHIRUBE, resolvers.SHA1))
        answers = asking.answers(SHIRUBE, made.questions, dnssec=True)
        self.assertGreater(len(answers), 20)
        for question, answer in zip(made.questions, answers, strict=True):
            self.assertTrue(answer.authentic, f"{question}: {answer}")

    def judge(self, state, questions, ours, others):
        result = compare(questions, ours, others, EXPECTED)
        self.note(f"{state}: {result}")
        with self.subTest(f"{state}: {', '.join(others)}"):
            self.assertEqual(result.unexpected, [], "\n" + "\n".join(result.unexpected))
            self.assertEqual(result.stale, [], "listed as different, but the same")


if __name__ == "__main__":
    case.main()
