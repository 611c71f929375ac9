"""Notices of failures: what goes out, by which way, and that one which cannot be sent hides nothing."""

import contextlib
import http.server
import json
import threading
from datetime import date

import pytest

from statutory.errors import StatutoryError
from statutory.settings import Council
from statutory.tasks import notice


@pytest.fixture
def webhook():
    """A server that keeps what is posted to it."""
    got = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", got
    server.shutdown()
    server.server_close()


def test_without_a_setting_nothing_goes_out():
    assert notice.send(Council(), "failed", "hr was not loaded") == 0


def test_a_webhook_gets_one_text(webhook):
    address, got = webhook
    council = Council(notice_webhook=address)
    assert notice.send(council, "the night failed", "hr was not loaded") == 1
    assert got == [{"text": "the night failed\nhr was not loaded"}]


def test_an_e_mail_goes_to_everybody_named(monkeypatch):
    sent = []

    class Server:
        def __init__(self, host, port, timeout):
            sent.append((host, port))

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def send_message(self, message):
            sent.append((message["To"], message["Subject"], message.get_content().strip()))

    monkeypatch.setattr(notice.smtplib, "SMTP", Server)
    council = Council(notice_email_to="a@council.example, b@council.example", smtp_host="mail.example", smtp_port=2525)
    assert notice.send(council, "the night failed", "hr was not loaded") == 1
    assert sent == [
        ("mail.example", 2525), ("a@council.example, b@council.example", "the night failed", "hr was not loaded"),
    ]  # fmt: skip


def test_a_notice_that_cannot_be_sent_is_logged_and_the_other_way_still_goes(webhook, caplog):
    address, got = webhook
    council = Council(notice_webhook=address, notice_email_to="a@council.example", smtp_host="127.0.0.1", smtp_port=1)
    assert notice.send(council, "failed", "hr was not loaded") == 1
    assert len(got) == 1
    assert "the notice could not be sent by_email: ConnectionRefusedError" in caplog.text


@pytest.mark.parametrize(("today", "is_late"), [(date(2025, 11, 15), False), (date(2025, 11, 16), True)])
def test_a_morning_without_last_night_is_told(webhook, migrated, monkeypatch, connection, today, is_late):  # noqa: PLR0917
    address, got = webhook
    council = Council(notice_webhook=address)
    connection.execute("delete from ops.published")
    connection.execute("insert into ops.published (night) values ('2025-11-14')")

    monkeypatch.setattr(notice.connection, "connect", lambda _: contextlib.nullcontext(connection))
    if is_late:
        with pytest.raises(
            StatutoryError, match="the night 2025-11-15 is not published; the newest published one is 2025-11-14"
        ):
            notice.published_by_now(council, today)
    else:
        assert notice.published_by_now(council, today) == "2025-11-14"
    assert len(got) == is_late
