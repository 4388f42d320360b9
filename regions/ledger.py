"""What an act of the ledger is hashed from."""

import hashlib
import json
from typing import Any

from regions.models.act import Act


def hash_of(act: Act) -> str:
    """SHA-256 over the act's own content and its salt.

    The salt keeps an act from being guessed from its hash where only a proof about its neighbour is shown.
    Acts from before the tree have the hash of the act before them there.
    """
    canonical = json.dumps(content_of(act), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def content_of(act: Act) -> list[Any]:
    """What is hashed, in this order."""
    return [
        act.salt,
        act.at.isoformat(timespec="microseconds"),
        act.actor_id,
        act.actor_name,
        str(act.verb),
        act.region_code,
        act.subject,
        act.detail,
    ]


def chained(before: str, act_hash: str) -> str:
    """The chain beside the tree: each link hashes the one before, in the order of committing."""
    return hashlib.sha256(bytes.fromhex(before) + bytes.fromhex(act_hash)).hexdigest()


GENESIS = "0" * 64
