"""How far a long command is: phases, each with a count. The one door for rich.

In a terminal one line with an estimate; elsewhere nothing, so that a log holds no half lines.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, TextIO


class Progress:
    """Phases one after another. Used as a context; `step` may be called ten thousand times."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def phase(self, name: str, total: int) -> None:
        """The next phase, of so many steps."""
        if self._stream is None or not self._stream.isatty():
            return
        if self._bar is None:
            self._bar = _bar(self._stream)
            self._bar.start()
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(name, total=total)

    def step(self, steps: int = 1) -> None:
        """So much more of this phase is done."""
        if self._bar is not None:
            self._bar.advance(self._task, steps)


def _bar(stream: TextIO) -> Any:
    from rich import progress  # noqa: PLC0415 - a build that is done at once must not pay for it
    from rich.console import Console  # noqa: PLC0415

    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
        console=Console(file=stream),
        transient=True,
    )
