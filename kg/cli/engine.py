"""Ends what the engine does not end by itself: Python's own signal handlers and exceptions wait until a query is done."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["interruptible"]


def _give_up(seconds: float) -> None:
    sys.stderr.write(f"kg: query: not done after {seconds:g} s; simplify it, add LIMIT, or raise --timeout\n")
    sys.stderr.flush()
    os._exit(2)


@contextmanager
def interruptible(timeout: float | None = None) -> Iterator[None]:
    """Within it Ctrl-C ends the process at once, and so does `timeout` (seconds), with one line and exit code 2."""
    timer = threading.Timer(timeout, _give_up, [timeout]) if timeout is not None else None
    if timer:
        timer.daemon = True
        timer.start()
    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_DFL) if main else None
    try:
        yield
    finally:
        if main:
            signal.signal(signal.SIGINT, before)
        if timer:
            timer.cancel()
