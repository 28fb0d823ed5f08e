"""Waiting for a condition instead of sleeping and hoping."""

import time

STEP_SECONDS = 0.01


def until(condition, what, within=20.0):
    """The first true value of condition(); an AssertionError saying `what` (a text or what gives it) after `within` seconds."""
    deadline = time.monotonic() + within
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {what() if callable(what) else what}")
        time.sleep(STEP_SECONDS)
