"""One run at a time: a lock that the system frees, however its holder ends.

with alone(folder / "lock", waiting=say): …
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_PAUSE_SECONDS = 0.1


@contextmanager
def alone(lock: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds a lock file. `waiting` is called once when another run holds it and we wait.

    Where the disk knows no locks (some network disks) it goes on without.
    Raises OSError when the file cannot be made.
    """
    # The file stays: were it removed, two runs could hold two files of one name.
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        told = False
        while not _take(descriptor):
            if not told:
                waiting()
                told = True
            time.sleep(_PAUSE_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - each system has its own

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _BUSY
    return True
