"""The hash chain of the ledger of acts."""

import hashlib
import json

from regions.models.act import Act

GENESIS = "0" * 64


def hash_of(act: Act) -> str:
    """SHA-256 over the act's own content and the hash before it."""
    content = [
        act.previous_hash,
        act.at.isoformat(timespec="microseconds"),
        act.actor_id,
        act.actor_name,
        str(act.verb),
        act.region_code,
        act.subject,
        act.detail,
    ]
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
