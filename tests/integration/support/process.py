"""A program under test: started with its output in a file, watched by pid, stopped by pid."""

import os
import pathlib
import signal
import socket
import subprocess

from support import sandbox
from support.waiting import until

STOP_SECONDS = 10.0


class Process:
    """One running program. `output()` is all that it printed so far, on both streams."""

    def __init__(self, name, command, **popen):
        self.name = name
        self.log = sandbox.fresh_path(f"{name}.log")
        with open(self.log, "ab") as log:
            self._child = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, **popen
            )
        self.pid = self._child.pid

    def output(self):
        return self.log.read_text(errors="replace")

    def lines(self, *words):
        """The printed lines that hold all of `words`, whatever their case."""
        wanted = [word.lower() for word in words]
        return [line for line in self.output().splitlines() if all(word in line.lower() for word in wanted)]

    def running(self):
        return self._child.poll() is None

    def wait(self, within=STOP_SECONDS):
        """The exit code (minus the signal's number when a signal ended it)."""
        try:
            return self._child.wait(timeout=within)
        except subprocess.TimeoutExpired as late:
            raise AssertionError(f"{self.name} did not end within {within} s\n{self.output()}") from late

    def signal(self, number):
        self._child.send_signal(number)

    def stop(self):
        """Ends it with SIGTERM, by force where it does not listen; gives back its exit code."""
        if self.running():
            self.signal(signal.SIGTERM)
            try:
                self._child.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()
        return self._child.returncode

    def ready(self, condition, within=20.0):
        """Waits for condition(), and fails with the program's own words when it ends before."""

        def ready_or_gone():
            return condition() or not self.running()

        until(ready_or_gone, lambda: f"{self.name} is ready; it said:\n{self.output()[-2000:]}", within)
        if not self.running():
            raise AssertionError(
                f"{self.name} ended with {self._child.returncode} at its start:\n{self.output()}"
            )
        return self

    def status(self, field):
        """A line of /proc/PID/status, e.g. status("Uid") -> ["0", "0", "0", "0"]."""
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            key, _, value = line.partition(":")
            if key == field:
                return value.split()
        raise KeyError(field)

    def resident_bytes(self):
        return int(self.status("VmRSS")[0]) * 1024

    def open_files(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))


def accepts_tcp(address, port):
    """Does somebody listen there?"""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((address, port)) == 0
