"""The server under test: the real binary with a configuration of its own."""

import os
import pathlib
import signal

from support import sandbox
from support.dns_client import exchange, query
from support.process import Process

SOURCE_ROOT = pathlib.Path(__file__).resolve().parents[3]
PRESETS = SOURCE_ROOT / "conf" / "presets"
USER = "nobody"  # what it drops to: present on every Debian


def binary():
    return os.environ["SHIRUBE_BINARY"]


def toml(value):
    """A Python value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


# The world of most tests is not signed, and its root has other keys than the built-in ones.
UNSIGNED = "[dnssec]\nvalidate = false\n"


def config(servers=("127.0.0.2",), listen=("127.0.0.1:53",), forwards=(), extra="", dnssec=UNSIGNED):
    """A whole configuration: forwards all to `servers`, and what else `forwards` [(zone, servers)] says."""
    zones = ([(".", servers)] if servers else []) + list(forwards)
    text = f'[server]\nlisten = {toml(list(listen))}\nuser = "{USER}"\nworkers = 2\n\n'
    text += f'[resolve]\nmode = "forward"\n\n{dnssec}'
    for zone, addresses in zones:
        text += f'\n[[forward]]\nzone = "{zone}"\nservers = {toml(list(addresses))}\n'
    return f"{text}\n{extra}\n"


def preset_overrides(servers, listen):
    """Words that turn a preset file to the test's upstream and addresses, leaving its policy as shipped."""
    words = []
    for endpoint in listen:
        words += ["--listen", endpoint]
    forward = f'forward=[{{zone = ".", servers = {toml(list(servers))}}}]'
    settings = [f'server.user="{USER}"', 'resolve.mode="forward"', forward, "dnssec.validate=false"]
    return words + [word for setting in settings for word in ("--set", setting)]


def answers_anything(address="127.0.0.1", port=53):
    """Does it reply, if only with REFUSED? Asks for nothing that it would have to look up."""
    return (
        exchange(query("id.server", "TXT", rdclass="CH").to_wire(), address, port, patience=0.2) is not None
    )


class Shirube(Process):
    """`shirube serve` with a configuration text; its file is `config_file`, to be changed before a reload."""

    def __init__(self, text, *words, user=None):
        self.config_file = sandbox.directory("shirube") / "shirube.toml"
        self.configure(text)
        command = [binary(), "serve", "--config", self.config_file, *words]
        if user:
            command = [
                "setpriv",
                "--reuid",
                user,
                "--clear-groups",
                "--bounding-set=-all",
                "--inh-caps=-all",
                *command,
            ]
        super().__init__("shirube", command)

    def configure(self, text):
        """Replaces the file that a reload reads; one that is under way finds the old or the new, never half of it."""
        written = self.config_file.with_suffix(".new")
        written.write_text(text)
        written.chmod(0o644)
        written.replace(self.config_file)

    def reload(self):
        self.signal(signal.SIGHUP)


def serve(text, *words, address="127.0.0.1", port=53, **options):
    """A Shirube that answers already."""
    return Shirube(text, *words, **options).ready(lambda: answers_anything(address, port))
