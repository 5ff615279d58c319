"""What is offered where a name is not known."""

from __future__ import annotations

import random
from difflib import get_close_matches

from kg.errors import near_names


def test_of_thousands_of_names_the_same_ones_are_offered_as_of_few() -> None:
    """Expected from difflib, which compares with every name."""
    chance = random.Random(2013)  # for data, not for secrets
    names = sorted({f"a{n}" for n in range(900)} | {"".join(chance.choices("abcde-", k=n % 13 + 1)) for n in range(900)})
    asked = ["".join(c for c in chance.choice(names) if chance.random() < 0.9) + "q" for _ in range(40)]
    expected = [" or ".join(map(repr, get_close_matches(name, names, 3, 0.6))) for name in asked]
    offered = [near_names(name, names).removeprefix("did you mean ").removesuffix("?") for name in asked]

    assert expected == [o.replace("nothing similar is known", "") for o in offered]
