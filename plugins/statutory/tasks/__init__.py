"""What the DAG files call, and how the DAGs are run here without a scheduler."""
