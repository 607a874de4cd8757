"""Bounds of what may be uploaded, held while it comes in: by whom, how much, how many."""

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from harmledger.desk.web.access import is_enough

LARGEST_UPLOAD: Final = 200_000_000
"""Bytes of one form with its files."""

MOST_FILES: Final = 100
"""Files of one form (Django refuses more by itself: DATA_UPLOAD_MAX_NUMBER_FILES)."""


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes files aside, into the case folder, where whoever sends them may add documents; from nobody else is a byte of a
    file written, whatever the address. Forms are read before any view is asked."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: bytes, encoding: str | None = None
    ) -> None:
        """Refuse what is too much, or comes from somebody who may not."""
        role = getattr(self.request, "role", None)
        if content_length > LARGEST_UPLOAD or not is_enough(role, "analyst"):
            raise RequestDataTooBig("more than this form takes")

    def new_file(self, *given: Any, **named: Any) -> None:
        """Begin a file."""
        settings.FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
        super().new_file(*given, **named)
