"""A private network, mount table and process tree for one test file.

Each test file runs in namespaces of its own: every server may have port 53 of any 127.x.y.z, resolv.conf may
say what the test wants, tests run side by side without sharing a port, and whatever a test leaves behind ends
with it. Only root can make them: without root the test says so and is skipped.
"""

import itertools
import os
import pathlib
import pwd
import subprocess
import sys

SKIPPED = 77  # the exit code that ctest takes as "skipped"
INSIDE = "SHIRUBE_TEST_SANDBOX"
RUN = pathlib.Path("/run/shirube-test")
# Debian's AppArmor profiles go by path and would keep named and its like from our directories.
SBIN = RUN / "sbin"

NSSWITCH = (
    "passwd: files\ngroup: files\nhosts: files dns\nnetworks: files\nprotocols: files\nservices: files\n"
)
HOSTS = "127.0.0.1 localhost\n::1 localhost\n"


def enter():
    """Returns inside the sandbox: starts this very program again within it when it is not there yet."""
    if os.environ.get(INSIDE):
        _furnish()
        return
    if os.geteuid() != 0:
        print("skipped: needs root to make a network namespace")
        sys.exit(SKIPPED)
    os.environ[INSIDE] = "1"
    sys.stdout.flush()
    own_world = ["unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"]
    os.execvp("unshare", own_world + [sys.executable, "-B", *sys.argv])


def _furnish():
    run("mount", "-t", "tmpfs", "tmpfs", "/run")  # also hides the sockets of the host's name service caches
    RUN.mkdir(mode=0o755)
    SBIN.mkdir()
    run("mount", "--bind", "/usr/sbin", SBIN)
    _put_over("/etc/nsswitch.conf", NSSWITCH)
    _put_over("/etc/hosts", HOSTS)
    resolv_conf("# no name server\n")
    run("ip", "link", "set", "lo", "up")


def _put_over(path, text):
    source = RUN / pathlib.Path(path).name
    first_time = not source.exists()
    source.write_text(text)
    source.chmod(0o644)
    if first_time:
        run("mount", "--bind", source, os.path.realpath(path))


def resolv_conf(text):
    """What /etc/resolv.conf says from now on."""
    _put_over("/etc/resolv.conf", text)


def run(*command):
    """Runs a command that has to succeed; gives back what it printed."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(
            f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}"
        )
    return done.stdout


_numbers = itertools.count(1)


def fresh_path(name):
    """A path that nobody had before; what is there goes away with the sandbox."""
    return RUN / f"{name}-{next(_numbers)}"


def directory(name, owner=None):
    """A fresh directory that every user may enter."""
    path = fresh_path(name)
    path.mkdir()
    path.chmod(0o755)
    if owner:
        entry = pwd.getpwnam(owner)
        os.chown(path, entry.pw_uid, entry.pw_gid)
    return path


def disable_ipv6():
    """The host of an administrator who switched IPv6 off: no ::1 to bind, no route."""
    for scope in ("all", "default", "lo"):
        pathlib.Path(f"/proc/sys/net/ipv6/conf/{scope}/disable_ipv6").write_text("1")


def add_uplink():
    """A network card with a cable in it, so that routes can be set: one end of a veth pair, both ends up."""
    run("ip", "link", "add", "uplink", "type", "veth", "peer", "name", "far-end")
    run("ip", "link", "set", "far-end", "up")
    run("ip", "link", "set", "uplink", "up")
    run("ip", "-6", "address", "add", "2001:db8:1::2/64", "dev", "uplink", "nodad")
    run("ip", "-4", "address", "add", "198.51.100.2/24", "dev", "uplink")
