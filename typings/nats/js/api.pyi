from enum import Enum

class AckPolicy(Enum):
    EXPLICIT = "explicit"

class ConsumerConfig:
    def __init__(
        self, *, durable_name: str, filter_subject: str, ack_policy: AckPolicy, ack_wait: float, max_ack_pending: int
    ) -> None: ...
