"""Whether the installation shows example data, and how much: EXAMPLE_DATA=0, 1 or small."""

from environs import Env

_SMALL = "small"


def has_examples(env: Env) -> bool:
    return is_small(env) or env.bool("EXAMPLE_DATA", False)


def is_small(env: Env) -> bool:
    """Four provinces of fixed months instead of the whole nation up to last month."""
    return env.str("EXAMPLE_DATA", "").strip().lower() == _SMALL
