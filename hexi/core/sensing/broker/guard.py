"""The broker asks us about everyone who wants in: a device by its key, on its own subject and nothing else. Who is revoked is put out."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg

from hexi.core.sensing.broker.nkeys import claims_in, signed
from hexi.core.sensing.broker.nodes import nodes
from hexi.core.sensing.broker.setup import ACCOUNT, SUBJECT, Shared
from hexi.core.sensing.devices.cards import Card
from hexi.core.sensing.devices.keys import digest
from hexi.kernel.waiting import comes

log = logging.getLogger(__name__)
ASKED = "$SYS.REQ.USER.AUTH"
PAGE, ANSWERS_S, GATEWAY = 1024, 1.0, "gateway"
Cards = Mapping[str, Card]


class Guard:
    """Answers the broker's questions from the cards that the intake holds."""

    def __init__(self, cards: Callable[[], Cards], known: Shared) -> None:
        self.cards, self.key = cards, known.key
        self.granted = dict[str, tuple[str, ...]]()

    async def asked(self, message: Msg) -> None:
        """One connection wants in."""
        try:
            said = claims_in(message.data)["nats"]
            await message.respond(self._answer(said).encode())
        except (KeyError, IndexError, ValueError):
            log.exception("the broker asked something that cannot be read; whoever wanted in was kept out")

    def _answer(self, said: Mapping[str, Any]) -> str:
        user, server = said["user_nkey"], said["server_id"]["id"]
        card = self._let_in(said["connect_opts"], said["client_info"])
        if card and card.kind == GATEWAY:
            self.granted[card.code] = self.behind(card)
        told = {"jwt": signed(self.key, self._rights(user, card))} if card else {"error": "unknown device, key or client id"}
        return signed(self.key, {"sub": user, "aud": server, "nats": {**told, "type": "authorization_response", "version": 2}})

    def _let_in(self, given: Mapping[str, Any], client: Mapping[str, Any]) -> Card | None:
        """The device, where the key is its own. Its client id begins with its name, so that nobody takes over another's session."""
        code = str(given.get("user") or "")
        card = self.cards().get(code)
        if card is None or not card.active or not hmac.compare_digest(card.key_digest, digest(str(given.get("pass") or ""))):
            return None
        mqtt_id = str(client.get("mqtt_id") or client.get("mqtt_client") or "")
        own = not mqtt_id or mqtt_id == code or mqtt_id.startswith(f"{code}-")
        if not own:
            log.warning("device %s was kept out: its MQTT client id is %r and must be %s or begin with %s-", code, mqtt_id[:40], code, code)
        return card if own else None

    def behind(self, gateway: Card) -> tuple[str, ...]:
        """The devices that the gateway may speak for now."""
        return tuple(sorted(card.code for card in self.cards().values() if card.gateway == gateway.id and card.active))

    def outdated(self, code: str) -> bool:
        """May this gateway speak for others than when it was let in? It is closed then, and comes again at once."""
        card = self.cards().get(code)
        return card is not None and card.kind == GATEWAY and self.granted.get(code) != self.behind(card)

    def _rights(self, user: str, card: Card) -> dict[str, Any]:
        codes = (card.code, *self.granted.get(card.code, ()))
        allowed = [subject for code in codes for subject in (f"{SUBJECT}.{code}", f"{SUBJECT}.{code}.*")]
        rights = {"pub": {"allow": allowed}, "sub": {"deny": [">"]}, "subs": -1, "data": -1, "payload": -1}
        return {"sub": user, "aud": ACCOUNT, "name": card.code, "nats": {**rights, "type": "user", "version": 2}}


async def put_out(system: Client, cards: Cards, outdated: Callable[[str], bool]) -> int:
    """Close every connection of a device that may not send any more, or of a gateway that may speak for others now. Returns how many."""
    closed = 0
    for server, connection in await _connections(system):
        code = str(connection.get("authorized_user") or "")
        card = cards.get(code)
        if code and code not in OURS and (card is None or not card.active or outdated(code)):
            await system.request(f"$SYS.REQ.SERVER.{server}.KICK", orjson.dumps({"cid": connection["cid"]}), timeout=2)
            closed += 1
    return closed


OURS = {"intake", "system"}


async def _connections(system: Client) -> list[tuple[str, dict[str, Any]]]:
    """Everyone who is connected, with the name of their node for itself."""
    return [(server, one) for server in await _servers(system) for one in await _connected_to(system, server)]


async def _servers(system: Client) -> list[str]:
    """The nodes that answer now."""
    found, whole = list[str](), asyncio.Event()

    async def heard(message: Msg) -> None:
        found.append(str(orjson.loads(message.data)["id"]))
        if len(found) == len(nodes()):
            whole.set()

    inbox = system.new_inbox()
    subscription = await system.subscribe(inbox, cb=heard)
    await system.publish("$SYS.REQ.SERVER.PING.IDZ", b"", reply=inbox)
    await comes(whole, ANSWERS_S)
    await subscription.unsubscribe()
    return found


async def _connected_to(system: Client, server: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        asked = orjson.dumps({"auth": True, "limit": PAGE, "offset": len(found)})
        answer = orjson.loads((await system.request(f"$SYS.REQ.SERVER.{server}.CONNZ", asked, timeout=2)).data)
        page: list[dict[str, Any]] = answer["data"].get("connections") or []
        found += page
        if len(page) < PAGE:
            return found
