"""What the processes log, and how a line looks."""

from typing import Any

from jamsostek_monitor.environment import env

# "json" is for programs that gather logs; "line" for eyes.
LOG_FORMAT = env.str("LOG_FORMAT", "line")
# Questions to the database that took a page longer are logged, without values; 0: none.
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 1000)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "jamsostek_monitor.log_lines.TextLine",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "jamsostek_monitor.log_lines.JsonLine"},
    },
    "filters": {"hidden_tokens": {"()": "regions.link_token.HiddenTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_FORMAT == "json" else "line",
            "filters": ["hidden_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # Django keeps its own handlers for debugging and mail; ours is the root's.
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
