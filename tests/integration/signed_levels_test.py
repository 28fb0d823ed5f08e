"""Zones of three signers and zones broken on purpose: Shirube judges as unbound, named and delv do."""

import random
from dataclasses import replace

import dns.flags

from support import case
from support.signed_levels import broken, sound, world
from support.signed_levels.delv import Delv
from support.signed_levels.differences import AUTHORITIES, DELV, EXPECTED, TABLE
from support.three_levels import asking, authorities, judging, resolvers
from support.three_levels.differences import NAMED, UNBOUND

LEAST_BROKEN = 40
SEED = 1
CHECKING_DISABLED = {"dnssec": True, "flags": dns.flags.RD | dns.flags.CD}
SHIRUBE, UNJUDGED, CARRIER = "127.0.0.1", "127.0.0.6", "127.0.0.5"
PEERS = {UNBOUND: "127.0.0.4", NAMED: "127.0.0.3"}


def signed_levels():
    made = world.founded()
    broken.add_broken(made)
    sound.add_sound(made)
    return made


def verdict(answer):
    """Only what a validator decides: the code, and whether the answer is authentic."""
    return replace(answer, rrsets=frozenset())


def unjudged(address, questions):
    """What there is, whatever is thought of it."""
    answers = asking.answers(address, questions, **CHECKING_DISABLED)
    return [replace(answer, authentic=False) for answer in answers]


def is_for_delv(name, kind):
    """Each question costs a process: the host and the absent name of each zone, and aliases between zones."""
    return kind == "A" and not name.startswith("alias.")


class SignedLevels(judging.TestCase):
    expected = EXPECTED

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
        cold, *theirs = asking.all_answers([SHIRUBE, *PEERS.values()], made.questions, dnssec=True)
        records = dict(zip(PEERS, theirs))
        short = [question for question in made.questions if is_for_delv(*question)]
        by_delv = dict(zip(short, Delv(made, CARRIER).answers(short)))
        cached = asking.answers(SHIRUBE, made.questions, dnssec=True)
        # What one question left in the cache must not change the verdict on another.
        for state, ours in (("cold", cold), ("cached", cached)):
            self.judge(state, made.questions, ours, records)
            ours = {question: verdict(answer) for question, answer in zip(made.questions, ours)}
            for peer, theirs in ((TABLE, made.outlooks), (DELV, by_delv)):
                answers = [ours[question] for question in theirs]
                self.judge(state, list(theirs), answers, {peer: theirs.values()})
        self.judge_unjudged(made)

    def judge_unjudged(self, made):
        """With CD everybody gets what there is, in another order than before; it is no truth for others."""
        self.started(resolvers.serve_shirube(made, UNJUDGED))
        questions = random.Random(SEED).sample(made.questions, len(made.questions))
        ours, theirs = (unjudged(address, questions) for address in (UNJUDGED, CARRIER))
        self.judge("unjudged", questions, ours, {AUTHORITIES: theirs})
        ours = [verdict(answer) for answer in asking.answers(UNJUDGED, questions, dnssec=True)]
        outlooks = [made.outlooks[question] for question in questions]
        self.judge("judged after that", questions, ours, {TABLE: outlooks})

    def test_sha1_is_verified_where_the_administrator_wants_it(self):
        made = world.founded()
        broken.add_broken(made, "sha1", "sha1-hashed")
        for server in authorities.served(made, {world.SIGNING_KNOT: made.sign_and_serve}):
            self.started(server)
        self.started(resolvers.serve_shirube(made, SHIRUBE, dnssec="sha1-algorithms = true\n"))
        answers = asking.answers(SHIRUBE, made.questions, dnssec=True)
        self.assertGreater(len(answers), 20)
        for question, answer in zip(made.questions, answers, strict=True):
            self.assertTrue(answer.authentic, f"{question}: {answer}")


if __name__ == "__main__":
    case.main()
