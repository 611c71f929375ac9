"""How figures are shown: round last, one decimal, halves up (convention K14)."""

from decimal import ROUND_HALF_UP, Decimal


def shown(value: Decimal | None) -> str:
    """A figure as published: one decimal, a whole number without one; empty where there is none."""
    if value is None:
        return ""
    if value == value.to_integral():
        return f"{int(value):,}"
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):,}"
