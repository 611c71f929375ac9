"""The steps of the weekly housekeeping."""

from statutory.sources import folder
from statutory.warehouse import connection, retention


def sweep() -> list[str]:
    """Drop what is not kept of nights, landing and files; the nights that went."""
    council = connection.open_council()
    with connection.connect(council) as opened:
        return [f"{night:%Y-%m-%d}" for night in retention.sweep(council, opened, folder.today())]


def vacuum() -> int:
    """Vacuum and analyse history; the number of its tables."""
    with connection.connect(connection.open_council()) as opened:
        return retention.vacuum(opened)
