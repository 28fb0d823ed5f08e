#!/usr/bin/python3
"""Runs one page of doc_blocks.py from top to bottom, in namespaces and a file system of its own.

Usage: doc_session.py ROOT BUILD-TREE PAGE. Prints its findings; exit code 1 when there are any, 77 when the host
forbids namespaces.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from doc_blocks import CANNOT_RUN, output_matches, read_page

# Generous: a page that hangs must fail, a slow host must not.
COMMAND_SECONDS = 120
BACKGROUND_SECONDS = 30
INSIDE = "SHIRUBE_DOC_SESSION_WORLD"


def call(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def enter_namespaces():
    """Starts this program again inside; the folder for the world is made here, where it can be taken away again."""
    unshare = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child"]
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode != 0:
        print("only root may make namespaces", file=sys.stderr)
        sys.exit(CANNOT_RUN)
    with tempfile.TemporaryDirectory() as world:
        environment = {**os.environ, INSIDE: world}
        sys.exit(subprocess.run([*unshare, sys.executable, *sys.argv], env=environment, check=False).returncode)


def overlay(lower, name, scratch, target):
    upper, work = scratch / f"{name}-upper", scratch / f"{name}-work"
    upper.mkdir()
    work.mkdir()
    call("mount", "-t", "overlay", "overlay", "-o", f"lowerdir={lower},upperdir={upper},workdir={work}", str(target))


def throw_away_copy(world, root):
    """Makes / a copy whose changes go with this process."""
    call("mount", "-t", "tmpfs", "tmpfs", str(world))
    new_root = world / "root"
    new_root.mkdir()
    overlay("/", "root", world, new_root)
    for kernel in ("dev", "sys"):
        call("mount", "--rbind", f"/{kernel}", str(new_root / kernel))
    call("mount", "-t", "proc", "proc", str(new_root / "proc"))
    for empty in ("run", "tmp"):
        call("mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", str(new_root / empty))
    repository = new_root / root.relative_to("/")
    if not (repository / "tests").exists():  # on a file system of its own
        repository.mkdir(parents=True, exist_ok=True)
        overlay(root, "repository", world, repository)
    # ./run takes what is there when it may not build: a page tests the program, not the compiler.
    built = str(repository / "build")
    call("mount", "--bind", built, built)
    call("mount", "-o", "remount,bind,ro", built)
    os.chroot(new_root)


def shell_environment(build):
    tools = Path("/tmp/doc-session-tools")
    tools.mkdir()
    (tools / "sudo").write_text('#!/bin/sh\nexec "$@"\n')
    (tools / "sudo").chmod(0o755)
    path = f"{tools}:{build / 'server'}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return {"PATH": path, "HOME": "/tmp", "LANG": "C.UTF-8", "TERM": "dumb"}


class Session:
    def __init__(self, root, page, environment):
        self.root = root
        self.page = page
        self.environment = environment
        self.background = []  # (step, process, file of its output)
        self.findings = []

    def complain(self, step, message, output=""):
        self.findings.append(f"{self.page}:{step.line}: {message}: {step.command.splitlines()[0]}")
        self.findings += [f"    | {line}" for line in output.splitlines()[-40:]]

    def run(self, step):
        if step.mode == "config":
            file = Path(f"/tmp/{self.page.name}-{step.line}.toml")
            file.write_text(step.command)
            self.foreground(step, f"shirube check-config {file}", 0)
        elif step.mode == "run: background":
            self.start(step)
        else:
            code = re.search(r"exit (\d+)", step.mode)
            self.foreground(step, step.command, int(code[1]) if code else 0)

    def shell(self, command, output):
        script = f"set -e\n{command}\n"
        return subprocess.Popen(
            ["bash", "-c", script], cwd=self.root, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def foreground(self, step, command, wanted_code):
        # A file, not a pipe: a daemon that the command leaves behind may keep it open.
        with tempfile.TemporaryFile("w+") as file:
            process = self.shell(command, file)
            try:
                code = process.wait(COMMAND_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                code = "none in time"
            file.seek(0)
            output = file.read()
        if code != wanted_code:
            self.complain(step, f"exit code {code}, expected {wanted_code}", output)
        elif not output_matches(step.output, output):
            self.complain(step, "other output than the page says", output)

    def start(self, step):
        file = Path(f"/tmp/background-{step.line}")
        with file.open("w") as output:
            process = self.shell(f"exec {step.command}", output)
        self.background.append((step, process, file))
        deadline = time.monotonic() + BACKGROUND_SECONDS
        # What it goes on to say after the lines of the page does not matter.
        expected = [*step.output, "…"]
        while not output_matches(expected, file.read_text()) or not file.read_text():
            if process.poll() is not None or time.monotonic() > deadline:
                self.complain(step, "did not print what the page says", file.read_text())
                return
            time.sleep(0.05)

    def end(self):
        for step, process, file in self.background:
            process.terminate()
            try:
                code = process.wait(BACKGROUND_SECONDS)
            except subprocess.TimeoutExpired:
                code = "none in time"
            if code != 0:
                self.complain(step, f"exit code {code} after SIGTERM, expected 0", file.read_text())


def main():
    root, build, page = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    if INSIDE not in os.environ:
        enter_namespaces()
    throw_away_copy(Path(os.environ[INSIDE]), root)
    call("ip", "link", "set", "lo", "up")
    session = Session(root, page, shell_environment(build))
    steps, _ = read_page((root / page).read_text())
    for step in steps:
        session.run(step)
    session.end()
    for finding in session.findings:
        print(finding)
    sys.exit(1 if session.findings else 0)


if __name__ == "__main__":
    main()
