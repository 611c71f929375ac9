"""The children's social work workforce census."""
