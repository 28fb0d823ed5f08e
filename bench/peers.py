"""The servers that compare runs side by side: how each is configured, started and stopped.

Every server runs in the foreground as a child of the script, from a folder of its own, with one thread,
as the user who started the script; nothing of the system's configuration is read and no service of the
system is touched.
"""

import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import time

START_SECONDS = 10.0
STOP_SECONDS = 10.0
PORT = 5300
CONFIG = "recursor.conf"  # the one name that PowerDNS looks for; the others read what they are told
AUTHORITY = ("127.77.0.1", PORT)

UNBOUND = """server:
  interface: {address}@{port}
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  do-daemonize: no
  do-ip6: no
  num-threads: 1
  module-config: "iterator"
  msg-cache-size: 256m
  rrset-cache-size: 256m
  so-rcvbuf: 4m
  username: ""
  chroot: ""
  directory: "{home}"
  pidfile: "{home}/pid"
  use-syslog: no
  logfile: ""
forward-zone:
  name: "."
  forward-addr: {upstream}@{upstream_port}
remote-control:
  control-enable: no
"""

RECURSOR = """local-address={address}
local-port={port}
allow-from=127.0.0.0/8
forward-zones-recurse=.={upstream}:{upstream_port}
dont-query=
threads=1
pdns-distributes-queries=no
disable-packetcache=no
max-cache-entries=1000000
max-packetcache-entries=1000000
dnssec=off
hint-file=no
daemon=no
quiet=yes
disable-syslog=yes
statistics-interval=0
security-poll-suffix=
socket-dir={home}
write-pid=no
"""

SHIRUBE = """[server]
listen = ["{address}:{port}"]
workers = 1
user = ""

[dnssec]
validate = false

[[forward]]
zone = "."
servers = ["{upstream}:{upstream_port}"]
"""

NSD = """server:
  ip-address: {address}@{port}
  server-count: 1
  username: ""
  chroot: ""
  zonesdir: "{home}"
  database: ""
  pidfile: "{home}/pid"
  xfrdfile: "{home}/xfrd.state"
  zonelistfile: "{home}/zone.list"
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: "{zone}"
  zonefile: "{home}/zone"
"""


class Failed(Exception):
    """A server or a tool did not do its part; the text says which and how."""


def find(program):
    """The path of an installed program, also where a user's PATH does not look."""
    path = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/local/sbin")
    if not path:
        raise Failed(f"{program} is not installed; see --help")
    return path


class Server:
    """One running server. `core`: the CPU that it is pinned to, None to leave it free."""

    def __init__(self, name, home, config, command, endpoint, core=None, **words):
        self.name = name
        self.endpoint = endpoint
        home = pathlib.Path(home) / name
        home.mkdir()
        words |= {"home": home, "address": endpoint[0], "port": endpoint[1]}
        (home / CONFIG).write_text(config.format(**words))
        for file, text in words.get("files", {}).items():
            (home / file).write_text(text)
        self._log = home / "log"
        command = [str(word).format(**words) for word in command]
        if core is not None:
            command = [find("taskset"), "--cpu-list", str(core), *command]
        with open(self._log, "wb") as log:
            self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.pid = self._child.pid  # taskset replaces itself by the server
        self._wait_until_it_answers()

    def _wait_until_it_answers(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._child.poll() is not None:
                break
            if ask(self.endpoint, "localhost", 1, patience=0.2):
                return
            time.sleep(0.05)
        self.stop()
        said = self._log.read_text(errors="replace")[-2000:]
        raise Failed(f"{self.name} does not answer. It said:\n{said}")

    def stop(self):
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)
            try:
                self._child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()


def _upstream():
    return {"upstream": AUTHORITY[0], "upstream_port": AUTHORITY[1]}


def nsd(home, zone, zone_text, core=None):
    command = [find("nsd"), "-d", "-c", "{home}/" + CONFIG]
    return Server("nsd", home, NSD, command, AUTHORITY, core, zone=zone, files={"zone": zone_text})


def shirube(home, binary, core=None, endpoint=("127.77.0.2", PORT)):
    command = [binary, "serve", "--config", "{home}/" + CONFIG]
    return Server("shirube", home, SHIRUBE, command, endpoint, core, **_upstream())


def unbound(home, core=None):
    command = [find("unbound"), "-d", "-c", "{home}/" + CONFIG]
    return Server("unbound", home, UNBOUND, command, ("127.77.0.3", PORT), core, **_upstream())


def recursor(home, core=None):
    command = [find("pdns_recursor"), "--config-dir={home}"]
    return Server("pdns-recursor", home, RECURSOR, command, ("127.77.0.4", PORT), core, **_upstream())


def versions(shirube_binary):
    """What stands in a report: the name and version of each server."""
    said = {}
    for name, command in (("shirube", [shirube_binary, "--version"]), ("unbound", [find("unbound"), "-V"])):
        said[name] = _first_line(command).split()[-1]
    said["pdns-recursor"] = _first_line([find("pdns_recursor"), "--version"]).split("Recursor")[-1].split()[0]
    return said


def _first_line(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines()[0]


def query(name, kind, edns=False):
    """A query packet. `kind`: the number of the type."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.rstrip(".").split("."))
    packet = struct.pack("!6H", 4711, 0x0100, 1, 0, 0, int(edns)) + labels + struct.pack("!BHH", 0, kind, 1)
    return packet + (struct.pack("!BHHIH", 0, 41, 1232, 0, 0) if edns else b"")


def ask(endpoint, name, kind, edns=False, patience=2.0):
    """(response code, TC, number of answer records) of the reply; None when there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.settimeout(patience)
        link.connect(endpoint)
        try:
            link.send(query(name, kind, edns))
            reply = link.recv(65535)
        except (TimeoutError, ConnectionError):
            return None
    _, flags, _, answers = struct.unpack("!4H", reply[:8])
    return flags & 15, bool(flags & 0x0200), answers
