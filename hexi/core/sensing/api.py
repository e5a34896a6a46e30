"""The front door of the sensing room."""

from hexi.core.sensing.broker.listening import listening
from hexi.core.sensing.broker.nodes import nodes as broker_nodes
from hexi.core.sensing.broker.nodes import own_node as own_broker_node
from hexi.core.sensing.broker.refused import tell_refused
from hexi.core.sensing.broker.setup import program as broker_program
from hexi.core.sensing.broker.setup import written as written_broker
from hexi.core.sensing.columns import READINGS, batch_of, by_shard, load_columns, readings_of, shard_of
from hexi.core.sensing.devices.cards import devices_of_keys
from hexi.core.sensing.devices.sample import Gadget, fleet
from hexi.core.sensing.edge.files import Address, Edge, gateway_of, write_bridge, write_devices
from hexi.core.sensing.engine.findings import act_on_findings
from hexi.core.sensing.engine.turning import Engine, now_us
from hexi.core.sensing.history.asking import Band, Point, band, curve
from hexi.core.sensing.history.keeping import forget_keys
from hexi.core.sensing.history.sealing import DayFault, days_against_ledger, days_in_ledger, files_not_in_ledger
from hexi.core.sensing.home import (
    BAND_PULSE,
    BED_OCCUPIED,
    DOOR_OPEN,
    FALL_LIMIT,
    FALL_SCORE,
    FALL_SEEN,
    ROOM_PRESENCE,
    SMOKE_LEVEL,
    SOS_CALL,
)
from hexi.core.sensing.intake.service import Intake
from hexi.core.sensing.journal.reading import JournalReader
from hexi.core.sensing.journal.segments import forget_before
from hexi.core.sensing.journal.writing import Journal
from hexi.core.sensing.models import Finding
from hexi.core.sensing.shards import bell_of, journal_folder, shard_count

__all__ = [
    "BAND_PULSE",
    "BED_OCCUPIED",
    "DOOR_OPEN",
    "FALL_LIMIT",
    "FALL_SCORE",
    "FALL_SEEN",
    "READINGS",
    "ROOM_PRESENCE",
    "SMOKE_LEVEL",
    "SOS_CALL",
    "Address",
    "Band",
    "DayFault",
    "Edge",
    "Engine",
    "Finding",
    "Gadget",
    "Intake",
    "Journal",
    "JournalReader",
    "Point",
    "act_on_findings",
    "band",
    "batch_of",
    "bell_of",
    "broker_nodes",
    "broker_program",
    "by_shard",
    "curve",
    "days_against_ledger",
    "days_in_ledger",
    "devices_of_keys",
    "files_not_in_ledger",
    "fleet",
    "forget_before",
    "forget_keys",
    "gateway_of",
    "journal_folder",
    "listening",
    "load_columns",
    "now_us",
    "own_broker_node",
    "readings_of",
    "shard_count",
    "shard_of",
    "tell_refused",
    "write_bridge",
    "write_devices",
    "written_broker",
]  # fmt: skip
