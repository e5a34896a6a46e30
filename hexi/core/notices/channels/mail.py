"""E-mail, by the district's own server."""

from __future__ import annotations

import smtplib
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from hexi.core.notices.contracts import NotSent, Sent
from hexi.core.notices.models import Delivery
from hexi.kernel.label import Label, t

PAUSE_S = 8.0


def lacks() -> Label | None:
    if settings.MAIL_URL and settings.MAIL_FROM:
        return None
    return t("请设置 HEXI_MAIL_URL 与 HEXI_MAIL_FROM", "Set HEXI_MAIL_URL and HEXI_MAIL_FROM")


def send(delivery: Delivery, address: str, link: str) -> Sent:
    """Hand it to the server. What is refused for good is not tried again (SMTP replies from 500 on)."""
    mark = make_msgid(domain="hexi")
    text = f"{delivery.body}\n\n{settings.PUBLIC_URL}{link}" if link else delivery.body
    message = EmailMessage(delivery.title, text, settings.MAIL_FROM, [address], headers={"Message-ID": mark}, connection=_server())
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as fault:
        code, said = next(iter(fault.recipients.values()))
        raise NotSent("address", _text(said), again=code < 500) from fault
    except smtplib.SMTPResponseException as fault:
        raise NotSent("refused", _text(fault.smtp_error), again=fault.smtp_code < 500) from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise NotSent("unreachable", str(fault)) from fault
    return Sent(mark)


def _server() -> EmailBackend:
    parts = urlsplit(str(settings.MAIL_URL))
    return EmailBackend(
        host=parts.hostname or "localhost", port=parts.port or (465 if parts.scheme == "smtps" else 25),
        username=unquote(parts.username or ""), password=unquote(parts.password or ""), use_ssl=parts.scheme == "smtps",
        use_tls=parts.scheme == "smtp+tls", timeout=PAUSE_S, fail_silently=False,
    )  # fmt: skip


def _text(said: object) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
