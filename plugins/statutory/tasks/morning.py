"""The step of the morning: whether last night is published."""

from statutory.sources import folder
from statutory.tasks import notice
from statutory.tasks.failing import at_once, skip


@at_once
def look() -> str:
    """The published night; it fails, with a notice, when that is older than yesterday's in London.

    Raises:
        AirflowSkipException: no source is set, so no night is due.
    """
    if folder.source_folder() == folder.synthetic():
        skip("no source is set, and nothing is due of the synthetic council")
    return notice.published_by_now(folder.today())
