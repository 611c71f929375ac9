"""The step of the morning: whether last night is published."""

from datetime import datetime
from zoneinfo import ZoneInfo

from statutory.tasks import notice
from statutory.tasks.failing import at_once


@at_once
def look() -> str:
    """The published night; it fails, with a notice, when that is older than yesterday's in London."""
    return notice.published_by_now(datetime.now(ZoneInfo("Europe/London")).date())
