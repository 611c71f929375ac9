"""Indicators: from SQL that selects members to values by period, view and breakdown."""

from statutory.indicators.evaluate import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate"]
