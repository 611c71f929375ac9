"""The PostgreSQL warehouse: its server, its history, its nights."""
