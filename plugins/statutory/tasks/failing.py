"""How a step fails: what a person must mend fails at once, everything else may be tried again by Airflow."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from airflow.sdk.exceptions import AirflowFailException

from statutory.errors import StatutoryError, UnreachableError, WarehouseError

P = ParamSpec("P")
R = TypeVar("R")


def at_once(step: Callable[P, R]) -> Callable[P, R]:
    """Let a step that raises a StatutoryError fail without another try, but for a server that does not answer."""

    @functools.wraps(step)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return step(*args, **kwargs)
        except (WarehouseError, UnreachableError):
            raise
        except StatutoryError as error:
            raise AirflowFailException(str(error)) from None

    return tried
