"""The house rule of what is published locally: small counts are hidden, and nothing shown gives them away.

A count of 1 to 5 is hidden with all that is worked out from it; 0 is shown. Where a total stands beside its parts, they
are hidden, smallest first, until what is hidden cannot be found by taking the others from the total.
"""

from collections.abc import Mapping

SMALL = 5
HIDDEN = "c"  # the publication's symbol for what would show a person


def is_small(count: int) -> bool:
    """Whether a count would show a person."""
    return 0 < count <= SMALL


def hidden_parts(counts: Mapping[str, int]) -> frozenset[str]:
    """Which parts of a shown total are hidden.

    Alone a hidden part is the total less the others; and hidden parts that add up to hardly more than their number
    leave little to guess. So there are none or two at least, and more than five people in them together, as far as
    there are parts with people.
    """
    hidden = {name for name, count in counts.items() if is_small(count)}
    if not hidden:
        return frozenset()
    rest = sorted((name for name, count in counts.items() if count > SMALL), key=lambda name: (counts[name], name))
    for name in rest:
        if len(hidden) > 1 and sum(counts[one] for one in hidden) > SMALL:
            break
        hidden.add(name)
    return frozenset(hidden)
