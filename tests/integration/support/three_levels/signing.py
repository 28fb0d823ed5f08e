"""Signs zones of a world: DS records at the parents before the files are written, the files after that."""

import os
from concurrent.futures import ThreadPoolExecutor

from support import zone_signing


def sign(world, recipes):
    """Will sign `recipes`, {origin: Recipe}; the root's key is the one to trust."""
    for origin, recipe in recipes.items():
        zone = world.zones[origin]
        zone.signing = recipe
        key, _ = recipe.keys()
        signer = f"DS {key.signer(origin).to_text()}"
        if origin == ".":
            world.trust_anchors = f". IN {signer}\n"
        else:
            zone.at_parent = signer


def sign_files(world, paths):
    """Signs the files `paths`, {origin: path}, of the zones that are to be signed."""
    files = [(zone, paths[origin]) for origin, zone in world.zones.items() if zone.signing]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(lambda file: _sign_file(*file), files))


def _sign_file(zone, path):
    path.write_text(zone_signing.signed(zone.origin, path.read_text(), zone.signing))
