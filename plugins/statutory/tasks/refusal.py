"""Refuse impossible nights at once, before the warehouse or any file is changed."""

from datetime import date

from statutory.errors import SourceError
from statutory.settings import Council
from statutory.sources import folder
from statutory.tasks import notice
from statutory.warehouse import connection, runs


def refuse_impossible(council: Council, night: date, waited: str = "") -> None:
    """Accept a night that has extracts and is neither after today nor older than what is loaded.

    A notice of any other is sent.

    Args:
        council: the council; its source is the folder of extracts.
        night: the night to be run.
        waited: until when its extracts were waited for, for the message: "" or " by 05:00".

    Raises:
        SourceError: why the night cannot be, and what to do.
    """
    try:
        folder.refuse_future(night)
        if not folder.is_anything_there(council, night):
            raise SourceError(
                f"no extract of the night {night} arrived{waited}: put the folder {night} into the folder of extracts,"
                " then run that night"
            )
        with connection.connect(council) as opened:
            newest = runs.newest_loaded(opened)
        if newest and newest > night:
            raise SourceError(
                f"the night {night} is older than {newest}, which is loaded, and history is loaded oldest first:"
                " correct the records in the next night's extracts,"
                " or see 'A past night is wrong' in docs/operations.md"
            )
    except SourceError as error:
        notice.send(council, f"statutory: the night {night} is not run", str(error))
        raise
