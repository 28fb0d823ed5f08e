"""Waiting for a condition instead of sleeping and hoping."""

import time

STEP_SECONDS = 0.01


def until(condition, what, within=20.0):
    """The first true value of condition(); after `within` seconds an AssertionError that says `what`."""
    deadline = time.monotonic() + within
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {what() if callable(what) else what}")
        time.sleep(STEP_SECONDS)
