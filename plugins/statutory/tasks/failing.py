"""How a step fails: at once if a person must correct something; Airflow retries everything else.

The log ends with one line that says what failed and what to do; the run's note repeats it.
"""

import contextlib
import functools
import sys
from collections.abc import Callable, MutableMapping
from typing import Any, NoReturn, ParamSpec, TypeVar

import psycopg
import structlog
from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from statutory.errors import StatutoryError, UnreachableError, WarehouseError
from statutory.tasks.notes import NOTE

P = ParamSpec("P")
R = TypeVar("R")


def at_once(step: Callable[P, R]) -> Callable[P, R]:
    """Fail without retry on a StatutoryError, unless a server does not answer."""

    @functools.wraps(step)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return step(*args, **kwargs)
        except psycopg.Error as error:
            failed: StatutoryError = in_words(error)
        except StatutoryError as error:
            failed = error
        _log_as_one_line()
        say(str(failed))
        if isinstance(failed, (WarehouseError, UnreachableError)):
            raise failed from None
        raise AirflowFailException(str(failed)) from None

    return tried


def in_words(error: psycopg.Error) -> WarehouseError:
    """A PostgreSQL error by its kind; its text may contain a value."""
    return WarehouseError(f"PostgreSQL ended it with {type(error).__name__}; see the server's log")


def skip(reason: str) -> NoReturn:
    """Skip a step and those after it."""
    raise AirflowSkipException(say(reason))


def say(words: str) -> str:
    """Keep for the note of the run how it ended; the same words."""
    with contextlib.suppress(RuntimeError):  # a step that is called by hand has no run
        get_current_context()["ti"].xcom_push(NOTE, words)
    return words


def _log_as_one_line() -> None:
    processors = structlog.get_config()["processors"]
    if _as_one_line not in processors:
        processors.insert(0, _as_one_line)


def _as_one_line(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Log an error that a person is meant to read as its sentence alone, without the stack of libraries below it."""
    error = sys.exc_info()[1]
    if event.get("exc_info") and isinstance(error, (AirflowFailException, StatutoryError)):
        del event["exc_info"]
        event["event"] = str(error)
    return event
