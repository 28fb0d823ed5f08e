"""Does the load generator still measure? One second of load on Shirube, on names that need no upstream.

Usage: load_smoke.py SHIRUBE LOAD_GENERATOR
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import peers

ENDPOINT = ("127.77.0.9", 5309)
QUESTIONS = "localhost A\nlocalhost AAAA\n1.0.0.127.in-addr.arpa PTR\n"


def loaded(generator, home, server):
    questions = pathlib.Path(home) / "questions"
    questions.write_text(QUESTIONS)
    command = [generator, "--warm-up", "0.2", "--seconds", "1", "--pid", str(server.pid), "--json"]
    command += ["{}:{}".format(*ENDPOINT), str(questions)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def main():
    binary, generator = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="shirube-load-") as home:
        server = peers.shirube(home, binary, endpoint=ENDPOINT)
        try:
            result = loaded(generator, home, server)
        finally:
            server.stop()
    print(result)
    good = result["replies"] > 0 and result["noerror"] == result["replies"] and result["cpu_us_per_reply"] > 0
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
