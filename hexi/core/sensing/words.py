"""Labels that are known only when every room has declared."""

from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label


def detector_labels() -> dict[str, Label]:
    """Every detector's name."""
    return {one.key: one.label for one in catalogue.detectors.values()}


def rule_labels() -> dict[str, Label]:
    """Every stream rule's name."""
    return {rule.key: rule.label for rule in catalogue.stream_rules.values()}
