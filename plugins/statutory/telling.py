"""Progress on the terminal: a message at least every ten seconds.

On a terminal, the last line shows the running steps with their seconds. In a file or pipe there are plain lines: when a
step begins, at intervals while it runs, and when it ends.
"""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.live import Live
from rich.markup import escape
from rich.spinner import Spinner

# What is printed may name files, columns and teams: none of it is markup, which brackets would be.
console = Console(markup=False, highlight=False)
SILENCE = 9  # seconds without a line
MARKS = {"success": "[green]done[/green]", "skipped": "skipped"}


class Telling:
    """Tells of steps by their names; those of several threads at once too."""

    def __init__(self) -> None:
        terminal = sys.stdout.isatty()
        # The stream as it is now: what Airflow prints meanwhile goes to its log.
        self.console = Console(file=sys.stdout, highlight=False, force_terminal=terminal)
        self._moves = terminal and not self.console.is_dumb_terminal
        self._began: dict[str, float] = {}
        self._spoke = time.monotonic()
        self._spinner = Spinner("dots")

    def say(self, *lines: str) -> None:
        """Print lines as they are, however wide."""
        self._spoke = time.monotonic()
        self.console.print(*lines, sep="\n", soft_wrap=True, markup=False)

    def begin(self, step: str) -> None:
        """Tell that a step began; nothing when that is told already."""
        if step not in self._began:
            self._began[step] = time.monotonic()
            if not self._moves:
                self.say(f"  {step} ...")

    def end(self, step: str, state: str = "success", seconds: float | None = None) -> None:
        """Tell that a step ended, and how."""
        now = time.monotonic()
        began = self._began.pop(step, now)
        mark = MARKS.get(state, f"[red]{state}[/red]")
        self._spoke = now
        took = f"{now - began if seconds is None else seconds:.1f} s"
        self.console.print(f"  {escape(step)} {mark} {took}", soft_wrap=True)

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Tell of the block as a step; one that raises is told as failed."""
        self.begin(name)
        try:
            yield
        except BaseException:
            self.end(name, "failed")
            raise
        self.end(name)

    @contextlib.contextmanager
    def moving(self) -> Iterator[None]:
        """Never be silent for long while the block runs."""
        if self._moves:
            # Airflow's own redirection of stdout must stay, so none of rich's.
            with Live(
                get_renderable=self._line, console=self.console, transient=True, redirect_stdout=False,
                redirect_stderr=False, refresh_per_second=8,
            ):  # fmt: skip
                yield
            return
        stop = threading.Event()
        teller = threading.Thread(target=self._repeat, args=(stop,), daemon=True)
        teller.start()
        try:
            yield
        finally:
            stop.set()
            teller.join()

    def _line(self) -> RenderableType:
        going_on = ", ".join(f"{step} {seconds:.0f} s" for step, seconds in self._going_on())
        self._spinner.update(text=going_on)
        return self._spinner if going_on else ""

    def _repeat(self, stop: threading.Event) -> None:
        while not stop.wait(0.5):
            if time.monotonic() - self._spoke < SILENCE:
                continue
            self.say(*(f"  {step} still running, {seconds:.0f} s" for step, seconds in self._going_on()))

    def _going_on(self) -> list[tuple[str, float]]:
        now = time.monotonic()
        return [(step, now - began) for step, began in list(self._began.items())]
