"""Pages as a browser reads them, in which white space of the template does not count."""

import re
from typing import Any

from django.http import HttpResponseBase


def page_of(response: HttpResponseBase) -> str:
    """The HTML of an answer: runs of white space as one space, none beside tags, no hard spaces."""
    text = response.content.decode().replace("\u00a0", " ")
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*(</?\w[^<>]*>)\s*", r"\1", text)


def streamed_text(response: Any) -> str:
    """The text of a file that is sent piece by piece, without the mark that Excel needs."""
    return b"".join(response.streaming_content).decode("utf-8-sig")
