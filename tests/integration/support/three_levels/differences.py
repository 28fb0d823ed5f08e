"""What Shirube answers otherwise than others do: each such question has to be in EXPECTED, with the reason.

ANY is judged apart, against the zone files alone: other resolvers give what they happen to hold or what the
authority chose to send, and Shirube some RRsets that fit (RFC 8482). Any part of it is right, but none.
"""

import fnmatch
from dataclasses import dataclass, field

UNBOUND, NAMED, ZONE_FILES = "unbound", "named", "zone files"


@dataclass(frozen=True)
class Expected:
    """Shirube and `peer` differ, or may, about every question that matches; `reason`: who is right, and why."""

    peer: str
    name: str  # as fnmatch has it
    kinds: tuple
    reason: str
    sometimes: bool = False  # as the peer's timing has it

    def matches(self, question):
        name, kind = question
        return kind in self.kinds and fnmatch.fnmatchcase(name, self.name)


# What any-fit does not look up for ANY, because neither mail nor the web lives on it.
OTHER_TYPES = "srv naptr caa ptr https sshfp tlsa loc hinfo rp unknown".split()

EXPECTED = (
    *(
        Expected(ZONE_FILES, f"{label}.types.*", ("ANY",), "ANY looks up none of its types: the HINFO of RFC 8482")
        for label in OTHER_TYPES
    ),
    Expected(ZONE_FILES, "c.deep.alpha.", ("ANY",), "an empty non-terminal exists, so it gets the HINFO of RFC 8482"),
    Expected(
        ZONE_FILES, "text200.*", ("ANY",), "the one RRset is too big: the HINFO of RFC 8482 section 4.2"
    ),
)


@dataclass
class Comparison:
    """`unexpected`: lines to read; `stale`: what EXPECTED lists and did not occur."""

    questions: int
    differing: dict = field(default_factory=dict)  # peer: number of differences, expected ones included
    unexpected: list = field(default_factory=list)
    stale: list = field(default_factory=list)

    def __str__(self):
        counts = ", ".join(f"{count} from {peer}" for peer, count in self.differing.items())
        return f"{self.questions} questions; different: {counts}; not expected: {len(self.unexpected)}"


def fits_any(answer, whole):
    """Is `answer` a right answer to ANY when the zone holds `whole`?"""
    same_code = answer.rcode == whole.rcode
    return same_code and answer.rrsets <= whole.rrsets and bool(answer.rrsets) == bool(whole.rrsets)


def _differs(question, ours, peer, theirs):
    if question[1] == "ANY":
        return peer == ZONE_FILES and not fits_any(ours, theirs)
    return ours != theirs


def compare(questions, ours, others, expected=EXPECTED):
    """`ours`: answers, `others`: {peer: answers}, all in the order of `questions`."""
    result = Comparison(len(questions))
    for peer, theirs in others.items():
        different = {
            question: f"{' '.join(question)}: shirube {our}; {peer} {their}"
            for question, our, their in zip(questions, ours, theirs, strict=True)
            if _differs(question, our, peer, their)
        }
        listed = {
            entry: {question for question in questions if entry.matches(question)}
            for entry in expected
            if entry.peer == peer
        }
        result.differing[peer] = len(different)
        explained = set().union(*listed.values())
        result.unexpected += [line for question, line in different.items() if question not in explained]
        result.stale += [
            entry
            for entry, matched in listed.items()
            if not matched or not (entry.sometimes or matched <= different.keys())
        ]
    return result
