"""When a long search has to stop: a time limit, counted work, or Ctrl-C."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType

__all__ = ["Clock", "StopSearch"]


class StopSearch(Exception):  # noqa: N818 - it ends a search, nothing is wrong
    """The search was asked to stop; the best answer so far stands."""


_listening: ContextVar[Clock | None] = ContextVar("listening", default=None)
"""The clock of the search that is under way."""


class Clock:
    """A time limit in seconds (none: no limit), a Ctrl-C flag and a place for progress messages.

    `work` limits what is done instead, the same on every machine: those who search count it in steps of about a microsecond.
    `reason` is empty until the search has been stopped, then "time limit", "work limit" or "interrupted". A clock made while another
    one is listening is part of that one's search, and stops with it.
    """

    def __init__(
        self, limit: float | None = None, progress: Callable[[str], None] | None = None, work: int | None = None
    ) -> None:
        self._end = None if limit is None else time.monotonic() + limit
        self._progress = progress
        self._whole = _listening.get()
        self.work = float("inf") if work is None else work
        self.reason = ""
        self._at_once = False

    def remaining(self) -> float:
        """Seconds left, infinite without a limit, 0 once stopped."""
        if self.reason:
            return 0.0
        left = float("inf") if self._end is None else max(0.0, self._end - time.monotonic())
        return left if self._whole is None else min(left, self._whole.remaining())

    def spend(self, steps: int) -> None:
        """Count work done."""
        self.work -= steps

    def over(self) -> bool:
        """True once the time is up, the work done or Ctrl-C was pressed."""
        if not self.reason and self.work <= 0:
            self.reason = "work limit"
        if not self.reason and self._end is not None and time.monotonic() >= self._end:
            self.reason = "time limit"
        if not self.reason and self._whole is not None and self._whole.over():
            self.reason = self._whole.reason
        return bool(self.reason)

    def check(self) -> None:
        """Nothing, or StopSearch once the search is over."""
        if self.over():
            raise StopSearch(self.reason)

    def say(self, message: str) -> None:
        """Hand one line on progress to whoever asked for it."""
        if self._progress is not None:
            self._progress(message)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Turn the first Ctrl-C into a request to stop; a second one interrupts as usual. Searches begun within it are part of it.

        Python runs signal handlers in the main thread only; elsewhere, and where the program has a handler of its own,
        nothing is changed.
        """
        token = _listening.set(self)
        try:
            with self._interruptible():
                yield
        finally:
            _listening.reset(token)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """While this clock listens, Ctrl-C within raises StopSearch, and so does one before: for what has no best answer so far.

        On the way it is a KeyboardInterrupt: a search within would take StopSearch for its own end, and what follows it would go on.
        """
        if self.reason != "interrupted":
            self._at_once = True
            try:
                yield
            except KeyboardInterrupt:
                if self.reason != "interrupted":
                    raise
            finally:
                self._at_once = False
        if self.reason == "interrupted":
            raise StopSearch(self.reason)

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        ours = threading.current_thread() is threading.main_thread()
        before = signal.getsignal(signal.SIGINT) if ours else None
        if before is not signal.default_int_handler:
            yield
            return

        def stop(_number: int, _frame: FrameType | None) -> None:
            self.reason = "interrupted"
            signal.signal(signal.SIGINT, signal.default_int_handler)
            if self._at_once:
                raise KeyboardInterrupt

        signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)
