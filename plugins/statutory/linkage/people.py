"""Link people by name, first day and team, with a probability; never a guess between two.

Splink weighs agreements and differences with fixed weights: the lists are too short to learn weights, and a rebuilt
night must link alike. A link needs one single best person above the threshold.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# The probability that two random people are the same, before any comparison.
PRIOR = 0.001
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame"})
# The first case may come some weeks after the first day at work.
NEAR_DAYS = 31


@dataclass(frozen=True)
class Person:
    """One person of a list."""

    key: str
    name: str
    first_day: date | None
    team: str | None


@dataclass(frozen=True)
class Link:
    """Two records of one person, and the probability."""

    left: str
    right: str
    probability: float


def parts(name: str) -> tuple[str | None, str | None]:
    """First name and surname in lower case without accents; middle names are dropped, a single word is a surname."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    plain = re.sub(r"[^a-z,\s-]", "", plain)
    if "," in plain:
        surname, _, rest = plain.partition(",")
        plain = f"{rest} {surname.replace(' ', '-')}"
    words = [word for word in plain.split() if word.strip("-") and word not in TITLES]
    if len(words) < 2:
        return None, words[0] if words else None
    return words[0].split("-")[0], words[-1]


def link(left: Sequence[Person], right: Sequence[Person], threshold: float) -> list[Link]:
    """The people of the left list who are people of the right one.

    Args:
        left: people to be found; two of them may be one person of the right list (two accounts).
        right: people among whom they are looked for.
        threshold: from this probability on two people are one; with 1 nobody is, since nothing is certain.

    Returns:
        One link at most for a person of the left list: none where two of the right list are as likely as that.
    """
    if not left or not right or threshold >= 1:
        return []
    import pandas as pd
    import splink.comparison_level_library as level
    from splink import Linker, SettingsCreator
    from splink.comparison_library import CustomComparison
    from splink.internals.duckdb.database_api import DuckDBAPI

    def weighed(one: "level.ComparisonLevelCreator", m: float, u: float) -> "level.ComparisonLevelCreator":
        return one.configure(m_probability=m, u_probability=u)

    longer = "length({0}_l) > length({0}_r) and starts_with({0}_l, {0}_r)"
    part_of = f"({longer}) or ({longer.replace('_l', '_x').replace('_r', '_l').replace('_x', '_r')})"
    apart = "abs(date_diff('day', try_cast(first_day_l as date), try_cast(first_day_r as date)))"
    comparisons = [
        CustomComparison(
            [
                level.NullLevel("forename"),
                weighed(level.ExactMatchLevel("forename"), 0.75, 0.006),
                weighed(level.CustomLevel(part_of.format("forename")), 0.06, 0.004),
                weighed(level.JaroWinklerLevel("forename", 0.88), 0.12, 0.01),
                weighed(level.ElseLevel(), 0.07, 0.98),
            ],
            "forename",
        ),
        CustomComparison(
            [
                level.NullLevel("surname"),
                weighed(level.ExactMatchLevel("surname"), 0.78, 0.001),
                weighed(level.CustomLevel(part_of.format("surname")), 0.03, 0.001),
                weighed(level.JaroWinklerLevel("surname", 0.88), 0.10, 0.003),
                weighed(level.ElseLevel(), 0.09, 0.995),
            ],
            "surname",
        ),
        CustomComparison(
            [
                level.NullLevel("first_day"),
                weighed(level.ExactMatchLevel("first_day"), 0.55, 0.01),
                weighed(level.CustomLevel(f"{apart} <= {NEAR_DAYS}"), 0.30, 0.03),
                weighed(level.ElseLevel(), 0.15, 0.96),
            ],
            "first_day",
        ),
        CustomComparison(
            [
                level.NullLevel("team"),
                weighed(level.ExactMatchLevel("team"), 0.75, 0.12),
                weighed(level.ElseLevel(), 0.25, 0.88),
            ],
            "team",
        ),
    ]
    settings = SettingsCreator(
        "link_only",
        comparisons,
        ["l.surname = r.surname", "l.forename = r.forename", "substr(l.surname, 1, 3) = substr(r.surname, 1, 3)"],
        probability_two_random_records_match=PRIOR,
        retain_matching_columns=False,
    )
    api = DuckDBAPI()
    frames = [
        api.register(pd.DataFrame([_row(one) for one in people], dtype=object), dataset_display_name=name)
        for name, people in (("a_left", left), ("b_right", right))
    ]
    linker = Linker(frames, settings, log_level="ERROR")
    found = linker.inference.predict(threshold_match_probability=threshold).as_pandas_dataframe()
    likely: dict[str, list[Link]] = {}
    for a, b, probability in zip(found["unique_id_l"], found["unique_id_r"], found["match_probability"], strict=True):
        likely.setdefault(str(a), []).append(Link(str(a), str(b), float(probability)))
    return sorted((links[0] for links in likely.values() if len(links) == 1), key=lambda one: one.left)


def _row(person: Person) -> dict[str, str | None]:
    forename, surname = parts(person.name)
    return {
        "unique_id": person.key,
        "forename": forename,
        "surname": surname,
        "first_day": person.first_day.isoformat() if person.first_day else None,
        "team": person.team.strip().lower() if person.team else None,
    }
