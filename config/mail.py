"""Outgoing mail of the demo: one `.eml` file a message, which any mail program opens."""

import datetime
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmlFilesBackend(BaseEmailBackend):
    """Writes each message to its own `.eml` file (RFC 5322) in a folder instead of sending it."""

    def __init__(self, *args: Any, file_path: str, **kwargs: Any) -> None:
        """`file_path` is the folder; it is made when the first message comes."""
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and return how many there were."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
            name = f"{stamp}-{secrets.token_hex(4)}.eml"
            (self.folder / name).write_bytes(message.message().as_bytes())
        return len(email_messages)
