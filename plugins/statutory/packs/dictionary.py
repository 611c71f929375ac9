"""The dictionary of a night: every table, column, code, mart and indicator, generated from the contract and the
headers."""

from pathlib import Path

from statutory.indicators import definition
from statutory.indicators.results import RESULT_RELATIONS
from statutory.night import Night
from statutory.packs.page import environment
from statutory.quality.night import RELATIONS
from statutory.sources import contract
from statutory.warehouse.build import RUNNER_RELATIONS, marts


def write_dictionary(night: Night, path: Path) -> None:
    """Write the dictionary to `path`; the same contract and files give the same bytes."""
    text = (
        environment()
        .get_template("dictionary.html.j2")
        .render(
            night=night.day,
            indicators=list(definition.indicators(night.council.local).values()),
            runners=RUNNER_RELATIONS | RELATIONS | RESULT_RELATIONS,
            marts=sorted(marts(night.council.local), key=lambda mart: mart.name),
            sources=[(source, contract.tables_of(source)) for source in contract.SOURCES],
            code_lists=sorted(contract.code_lists().items()),
        )
    )
    path.write_text(text, encoding="utf-8")
