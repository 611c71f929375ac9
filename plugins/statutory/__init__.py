"""statutory: every night from HR and case records to the returns, the indicators and the inspection pack."""

import os

# Whatever a process of ours writes is for its own user: files of nights, logs, backups, the server's folder. Set here,
# since commands, Airflow's components and their workers have this import alone in common.
os.umask(0o077)
