"""A test that compares Shirube's answers with those of others."""

from support import case
from support.three_levels.differences import EXPECTED, compare


class TestCase(case.TestCase):
    expected = EXPECTED

    def judge(self, state, questions, ours, others):
        """Fails where `ours` differ from `others`, {peer: answers}, otherwise than `expected` says."""
        result = compare(questions, ours, others, self.expected)
        self.note(f"{state}: {result}")
        with self.subTest(f"{state}: {', '.join(others)}"):
            self.assertEqual(result.unexpected, [], "\n" + "\n".join(result.unexpected))
            self.assertEqual(result.stale, [], "listed as different, but the same")
