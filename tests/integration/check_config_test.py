"""`shirube check-config FILE`: 0 for what is good; else 2 and one line with file, line and column."""

import subprocess

from support import case, sandbox
from support.shirube import PRESETS, SOURCE_ROOT, binary, config


def check(text):
    path = sandbox.fresh_path("checked.toml")
    path.write_text(text)
    return check_file(path)


def check_file(path):
    done = subprocess.run(
        [binary(), "check-config", path], capture_output=True, text=True, timeout=20, check=False
    )
    return path, done.returncode, done.stdout + done.stderr


class CheckConfig(case.TestCase):
    def test_shipped_files_are_good(self):
        files = [SOURCE_ROOT / "conf" / "shirube.toml", *sorted(PRESETS.glob("*.toml"))]
        self.assertGreaterEqual(len(files), 4)
        for path in files:
            _, code, said = check_file(path)
            self.assertEqual(code, 0, said)

    def test_good(self):
        _, code, said = check(config(forwards=[("corp.example", ["192.0.2.10:5300"])]))
        self.assertEqual(code, 0, said)

    def test_bad_is_told_with_its_place(self):
        good_head = '[server]\nuser = ""\n'
        for text, place, words in (
            (good_head + "workrs = 2\n", "3:1", ("server.workrs", "server.workers")),
            (good_head + 'workers = "many"\n', "3:", ("server.workers",)),
            (good_head + 'listen = ["127.0.0.1:99999"]\n', "3:", ("127.0.0.1:99999",)),
            ('[cache]\nsize = "12 parsecs"\n', "2:", ("12 parsecs",)),
            ('[polcy]\nprofile = "squid"\n', "1:", ("polcy", "policy")),
            ('[[client]]\nprofile = "squit"\n', "2:", ("squit", "squid")),
            ("[server\n", "1:", ()),
        ):
            path, code, said = check(text)
            self.assertEqual(code, 2, f"{text}\n{said}")
            self.assertEqual(len(said.splitlines()), 1, said)
            self.assertTrue(said.startswith(f"{path}:{place}"), said)
            for word in words:
                self.assertIn(word, said)
            self.note(said.strip().removeprefix(str(path.parent)))

    def test_missing_file(self):
        _, code, said = check_file(sandbox.fresh_path("absent.toml"))
        self.assertEqual(code, 2, said)
        self.assertEqual(len(said.splitlines()), 1, said)


if __name__ == "__main__":
    case.main()
