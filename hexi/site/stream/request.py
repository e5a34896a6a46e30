"""What a client asked for, read from the ASGI scope and checked: nothing in it is believed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host

TOPIC = re.compile(r"\A[a-z][a-z0-9_]{0,40}(\.[a-z0-9_]{1,40}){0,2}\Z")
TOPICS_AT_MOST = 64
NUMBER = re.compile(r"\A\d{1,18}\Z")


class Refused(Exception):
    """The request gets this status and sentence, and nothing else. A page of `origin` may read why."""

    def __init__(self, status: int, why: str, origin: str = "") -> None:
        super().__init__(why)
        self.status, self.why, self.origin = status, why, origin


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a stream.

    No topics means all that the reader may hear: tabs share one stream, and what they want changes while it is open.
    `after` is the last notice that the client has seen, None for "from now on".
    """

    topics: frozenset[str]
    session: str
    origin: str
    after: int | None


def asked(scope: Mapping[str, Any]) -> Asked:
    """The request behind an ASGI scope. Raises Refused."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if scope["path"] != "/api/stream":
        raise Refused(404, "The stream is at /api/stream.")
    if scope["method"] != "GET":
        raise Refused(405, "The stream is read with GET.")
    query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=8)
    session = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
    origin = _origin(headers)
    try:
        return Asked(_topics(query), session[:80], origin, _after(headers, query))
    except Refused as refused:
        raise Refused(refused.status, refused.why, origin) from refused


def _topics(query: Mapping[str, list[str]]) -> frozenset[str]:
    topics = {topic for part in query.get("topics", []) for topic in part.split(",") if topic}
    if len(topics) > TOPICS_AT_MOST or not all(TOPIC.match(topic) for topic in topics):
        raise Refused(400, f"Topics are at most {TOPICS_AT_MOST} entity keys such as projects.task.")
    return frozenset(topics)


def _after(headers: Mapping[str, str], query: Mapping[str, list[str]]) -> int | None:
    """The browser sends the header by itself when it reconnects; the address serves a tab that takes over from another."""
    told = headers.get("last-event-id") or query.get("last_event_id", [""])[0]
    return int(told) if NUMBER.match(told) else None


def _origin(headers: Mapping[str, str]) -> str:
    """The page's origin when it may read the stream with its cookies: this host's web address, or one that the settings trust."""
    host = headers.get("host", "")
    domain, _ = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        raise Refused(400, "This host name is not served here.")
    origin = headers.get("origin", "")
    own = {f"{scheme}://{name}" for scheme in ("http", "https") for name in (host, f"{domain}:{settings.WEB_PORT}", domain)}
    if origin and origin not in own | set(settings.CSRF_TRUSTED_ORIGINS):
        raise Refused(403, "Pages of this origin may not read the stream.")
    return origin
