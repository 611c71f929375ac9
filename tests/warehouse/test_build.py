"""A night's schema: what stands in it beside views and marts."""

from datetime import date

NIGHT = date(2026, 9, 30)
