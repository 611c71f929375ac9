"""Run work in parallel on several connections."""

import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from statutory.settings import Council
from statutory.warehouse.connection import Connection, connect

LANES = min(4, os.cpu_count() or 1)

Piece = TypeVar("Piece")


def side_by_side(
    council: Council,
    pieces: Iterable[Piece],
    do: Callable[[Connection, Piece], object],
    *,
    ready: Callable[[Connection], object] = lambda _: None,
) -> None:
    """Do each piece of work in one of several connections, each a transaction that is committed when no piece is left.

    `ready` is called once in each. After an error no further work is started, and the error is raised.
    """
    waiting = deque(pieces)

    def lane() -> None:
        with connect(council) as opened:
            ready(opened)
            while waiting:
                try:
                    piece = waiting.popleft()
                except IndexError:  # another lane took the last one
                    break
                do(opened, piece)

    with ThreadPoolExecutor(LANES) as pool:
        for done in [pool.submit(lane) for _ in range(LANES)]:
            try:
                done.result()
            except BaseException:
                waiting.clear()
                raise
