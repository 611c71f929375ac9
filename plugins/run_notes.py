"""The note of each run, as Airflow finds it: the only plugin."""

from airflow.plugins_manager import AirflowPlugin

from statutory.tasks import notes


class RunNotes(AirflowPlugin):  # type: ignore[misc]
    """Says in the note of a run which night it is for and how it ended."""

    name = "run_notes"
    listeners = (notes,)
