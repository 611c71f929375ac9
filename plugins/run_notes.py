"""The note of each run, as Airflow finds it: the only plugin."""

from airflow.plugins_manager import AirflowPlugin

from statutory.tasks import notes


class RunNotes(AirflowPlugin):  # type: ignore[misc]
    """Write the run's night and result into its note."""

    name = "run_notes"
    listeners = (notes,)
