"""Signs zones of a world: DS records at the parents before the files are written, ldns-signzone after that.

All zones of one algorithm have the same two keys, each under its own name: to make an RSA key takes longer
than to sign a zone.
"""

import functools
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import dns.dnssec
import dns.rdata
from dns.rdataclass import IN
from dns.rdatatype import DNSKEY

from support import sandbox

RSA, ECDSA = "RSASHA256", "ECDSAP256SHA256"
NSEC, NSEC3 = (), ("-n", "-t", "0")
OPT_OUT = (*NSEC3, "-p")
DAY = 86_400


@dataclass(frozen=True)
class Signing:
    """How a zone is signed. `denial`: what ldns-signzone takes."""

    algorithm: str
    denial: tuple


@dataclass(frozen=True)
class _Key:
    rdata: str
    private: str


@functools.cache
def _keys(algorithm):
    """A key-signing key and a zone-signing key."""
    return [_make_key(algorithm, *role) for role in (["-k"], [])]


def _make_key(algorithm, *role):
    folder = sandbox.directory("key")
    words = ["ldns-keygen", "-a", algorithm, *(["-b", "2048"] if algorithm == RSA else []), *role, "example."]
    name = sandbox.run("sh", "-c", f"cd {folder} && {' '.join(words)}").strip()
    record = (folder / f"{name}.key").read_text()
    return _Key(
        record.partition("DNSKEY")[2].partition(";")[0].strip(), (folder / f"{name}.private").read_text()
    )


def _delegation_signer(origin, algorithm):
    key = dns.rdata.from_text(IN, DNSKEY, _keys(algorithm)[0].rdata)
    return f"DS {dns.dnssec.make_ds(origin, key, 'SHA256')}"


def sign(world, signings):
    """Will sign `signings`, {origin: Signing}; the root's key is the one to trust."""
    for origin, signing in signings.items():
        zone = world.zones[origin]
        zone.signing = signing
        signer = _delegation_signer(origin, signing.algorithm)
        if origin == ".":
            world.trust_anchors = f". IN {signer}\n"
        else:
            zone.at_parent = signer


def _sign_file(zone, path):
    names = []
    for number, key in enumerate(_keys(zone.signing.algorithm)):
        names.append(path.with_suffix(f".key-{number}"))
        path.with_suffix(f".key-{number}.key").write_text(f"{zone.origin} IN DNSKEY {key.rdata}\n")
        path.with_suffix(f".key-{number}.private").write_text(key.private)
    now = int(time.time())
    output = path.with_suffix(".signed")
    times = ["-i", now - DAY, "-e", now + 30 * DAY]
    sandbox.run("ldns-signzone", *times, *zone.signing.denial, "-o", zone.origin, "-f", output, path, *names)
    output.replace(path)


def sign_files(world, paths):
    """Signs the files `paths`, {origin: path}, of the zones that are to be signed."""
    files = [(zone, paths[origin]) for origin, zone in world.zones.items() if zone.signing]
    for algorithm in {zone.signing.algorithm for zone, _ in files}:
        _keys(algorithm)  # before there are threads
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(lambda file: _sign_file(*file), files))
