"""Errors that a person is meant to read: one sentence that names file, table, column or rule and says what to do."""

import re

# Characters that move the cursor or end a line; names of files or columns may contain them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def one_line(text: str) -> str:
    """A text as one line for the terminal, whatever characters it contains."""
    return " ".join(_CONTROL.sub("\ufffd", text).split())


class StatutoryError(Exception):
    """An error that the reader can correct; its text is one line and contains no value of a record."""

    def __init__(self, text: str = "") -> None:
        super().__init__(one_line(text))


class SourceError(StatutoryError):
    """An extract that cannot be loaded: a file, a column or a row."""


class UnreachableError(SourceError):
    """A source's database does not answer; may be temporary."""


class ContractError(StatutoryError):
    """An error in the contract, or a batch that violates it."""


class ReturnFileError(StatutoryError):
    """Somebody's file of a return that cannot be read."""


class SqlFileError(StatutoryError):
    """A SQL file or its header is not as the runner needs it."""


class WarehouseError(StatutoryError):
    """The warehouse cannot be reached or is not in a state to do what was asked."""


class ReturnDefinitionError(StatutoryError):
    """The folder of a return lacks something; the text names file and key."""
