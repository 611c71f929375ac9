"""statutory: each night, HR and case records become returns, indicators and the inspection pack."""

import os

# Files of the product are readable by its own user only: nights, logs, backups, the server's folder. Set here,
# because this is the only import that commands, Airflow's components and their workers share.
os.umask(0o077)
