"""Errors that a person is meant to read: one sentence that names file, table, column or rule and says what to do."""


class StatutoryError(Exception):
    """Something the reader can mend; its text holds no value of any record."""


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
