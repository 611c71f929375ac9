"""Errors that a person is meant to read: one sentence that names file, table, column or rule and says what to do."""

import re

# What moves the cursor or ends a line; a name of a file or a column may hold it.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def one_line(text: str) -> str:
    """A text as one line of a terminal, whatever names stand in it."""
    return " ".join(_CONTROL.sub("\ufffd", text).split())


class StatutoryError(Exception):
    """Something the reader can mend; its text is one line and holds no value of any record."""

    def __init__(self, text: str = "") -> None:
        super().__init__(one_line(text))


class SourceError(StatutoryError):
    """An extract that cannot be taken as it is: a file, a column or a row of it."""


class UnreachableError(SourceError):
    """A source's database does not answer, which may pass by itself."""


class ContractError(StatutoryError):
    """The contract, or a batch that does not keep it."""


class ReturnFileError(StatutoryError):
    """Somebody's file of a return that cannot be read."""


class SqlFileError(StatutoryError):
    """A SQL file or its header is not as the runner needs it."""


class WarehouseError(StatutoryError):
    """The warehouse cannot be reached or is not in a state to do what was asked."""


class ReturnDefinitionError(StatutoryError):
    """The folder of a return does not say what a return needs; file and key are in the text."""
