"""The step of the morning: whether last night is published."""

from statutory.sources import folder
from statutory.tasks import notice
from statutory.tasks.failing import at_once, skip
from statutory.warehouse.connection import open_council


@at_once
def look() -> str:
    """The published night; it fails, with a notice, when that is older than yesterday's in London.

    Raises:
        AirflowSkipException: no source is set, so no night is due.
    """
    council = open_council()
    if folder.source_folder(council) == folder.synthetic(council):
        skip("no source is set, so no night is due")
    return notice.published_by_now(council, folder.today())
