"""Indicators: from the SQL that names members or items to values, by period, view and breakdown."""

from statutory.indicators.evaluate import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate"]
