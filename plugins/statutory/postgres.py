"""What a connection to PostgreSQL is to the rest: its rows are tuples."""

from typing import Any

import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]
