"""The second database of the settings: a replica of the first."""

from typing import Any

from environs import Env


def replica_of(env: Env, primary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """With the limits of the primary; that it cannot be reached is known soon, for the primary is there."""
    if not env.str("REPLICA_URL", ""):
        return {}
    found: dict[str, Any] = env.dj_db_url("REPLICA_URL", conn_max_age=60, conn_health_checks=True)
    options = found.setdefault("OPTIONS", {})
    options["options"] = " ".join([options.get("options", ""), primary["OPTIONS"]["options"]])
    options.setdefault("connect_timeout", 2)
    # It is no database of its own to tests, nor to checks of what is to be migrated.
    return {"replica": found | {"TEST": {"MIRROR": "default"}}}
