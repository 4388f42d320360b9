"""Files on their way in: kept in memory, so that no list of persons lies about in a folder of the server."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from participants.importers.workbook import MOST_BYTES


class CappedUploadHandler(FileUploadHandler):
    """Keeps one byte more than a list may have, and lets go of the rest: the service refuses it then."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.content.write(raw_data[: max(0, MOST_BYTES + 1 - self.content.tell())])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        size = self.content.tell()
        self.content.seek(0)
        return InMemoryUploadedFile(
            self.content, self.field_name, self.file_name, self.content_type, size, self.charset
        )
