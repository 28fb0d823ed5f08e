"""Postfix as Debian ships it, with a queue of its own, sending mail and taking none."""

import subprocess

from support import sandbox
from support.process import Process

_MAIN = """compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
myhostname = sender.invalid
mydestination =
inet_interfaces = loopback-only
inet_protocols = ipv4
alias_maps =
maillog_file = /dev/stdout
smtp_host_lookup = dns
smtp_tls_loglevel = 1
{settings}
"""

# service, type, private, unprivileged, chroot, wakeup, process limit, command
_MASTER = """pickup    unix n - n 1   1 pickup
cleanup   unix n - n -   0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n -   - trivial-rewrite
bounce    unix - - n -   0 bounce
defer     unix - - n -   0 bounce
trace     unix - - n -   0 bounce
verify    unix - - n -   1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n -   - proxymap
smtp      unix - - n -   - smtp
error     unix - - n -   - error
retry     unix - - n -   - error
discard   unix - - n -   - discard
scache    unix - - n -   1 scache
postlog   unix-dgram n - n - 1 postlogd
"""


class Postfix(Process):
    """`settings` are lines of main.cf. Its output is the mail log."""

    def __init__(self, settings):
        self._home = sandbox.directory("postfix")
        (self._home / "queue").mkdir()
        data = self._home / "data"
        data.mkdir()
        sandbox.run("chown", "postfix", data)
        (self._home / "main.cf").write_text(_MAIN.format(home=self._home, settings=settings))
        (self._home / "master.cf").write_text(_MASTER)
        super().__init__("postfix", [sandbox.SBIN / "postfix", "-c", self._home, "start-fg"])

    def send(self, recipient):
        """Puts a message into the queue."""
        words = [sandbox.SBIN / "sendmail", "-C", self._home, "-f", "tester@sender.invalid", recipient]
        subprocess.run(words, input=f"To: {recipient}\nSubject: hello\n\nhello\n", text=True, check=True)

    def fate(self, recipient):
        """What the log says became of it: the line with its status, or None."""
        return next(iter(self.lines(f"to=<{recipient}>", "status=")), None)


def postfix(settings):
    """A Postfix that sends already."""
    server = Postfix(settings)
    return server.ready(lambda: server.lines("daemon started"))
