"""Notify people by webhook or e-mail that a night failed or is not published in the morning.

A notice names sources, files and counts, never a value of a record. A notice that cannot be sent is logged; it does not
hide the original error.
"""

import json
import logging
import smtplib
import urllib.request
from datetime import date, timedelta
from email.message import EmailMessage

from statutory.errors import StatutoryError
from statutory.postgres import is_there
from statutory.settings import Council
from statutory.warehouse import connection

log = logging.getLogger(__name__)
TIMEOUT = 20  # seconds


def send(council: Council, subject: str, text: str) -> int:
    """Send a notice by every way that the settings name; the number of ways that took it."""
    sent = 0
    for way in (_by_webhook, _by_email):
        try:
            sent += way(council, subject, text)
        except (OSError, smtplib.SMTPException) as error:
            log.warning("the notice could not be sent %s: %s", way.__name__.removeprefix("_"), type(error).__name__)
    return sent


def _by_webhook(council: Council, subject: str, text: str) -> bool:
    """POST the notice as JSON with one field, `text`, as chat services take it."""
    address = council.notice_webhook
    if address is None:
        return False
    body = json.dumps({"text": f"{subject}\n{text}"}).encode()
    request = urllib.request.Request(  # noqa: S310, the council's own setting
        address.get_secret_value(), data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
        return True


def _by_email(council: Council, subject: str, text: str) -> bool:
    if not council.notice_email_to:
        return False
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, council.notice_email_from, council.notice_email_to
    message.set_content(text)
    with smtplib.SMTP(council.smtp_host, council.smtp_port, timeout=TIMEOUT) as server:
        server.send_message(message)
    return True


def published_by_now(council: Council, today: date) -> str:
    """The published night, when it is yesterday's or later.

    Raises:
        StatutoryError: it is older, or there is none; a notice of it was sent.
    """
    with connection.connect(council) as opened:
        is_made = is_there(opened, "ops", "published")
        found = opened.execute("select night from ops.published").fetchone() if is_made else None
    night = found[0] if found else None
    wanted = today - timedelta(days=1)
    if night is None or night < wanted:
        said = f"the night {wanted} is not published; the newest published one is {night or 'none'}"
        send(council, "statutory: last night is not published", said)
        raise StatutoryError(said)
    return f"{night:%Y-%m-%d}"
