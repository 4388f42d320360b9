"""Lines of the log, for eyes or as JSON; numbers of persons in them are masked."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from celery import current_task

from jamsostek_monitor.request_id import request_id
from regions.personal_numbers import masked_numbers

_LONGEST = 2_000


class TextLine(logging.Formatter):
    """As Python writes it. Somebody may have typed a number into an address, or an error may quote a row."""

    def format(self, record: logging.LogRecord) -> str:
        return masked_numbers(super().format(record))


class JsonLine(logging.Formatter):
    """An object each, with the request or the job it belongs to.

    Of an error the kind and the places it came through: its words and values may tell of persons.
    """

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": masked_numbers(record.getMessage())[:_LONGEST],
            "request": request_id(),
            "job": current_task.request.id if current_task else "",
        }
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            told["error"] = record.exc_info[0].__name__
            told["places"] = [f"{place.filename}:{place.lineno} {place.name}" for place in frames[-20:]]
        return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
