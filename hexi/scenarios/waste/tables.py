"""Every register of the scenario."""

from hexi.scenarios.waste.models import CollectionRun, Container, Declaration, Firm, Permit, StorageLot, YearPlan
from hexi.scenarios.waste.models_cells import WasteCell
from hexi.scenarios.waste.models_manifest import Alert, Load, Manifest, Movement, Revision, Signature

REGISTERS = (
    Firm, Permit, YearPlan, Container, StorageLot, Declaration, Manifest, Load, Signature, Movement, Revision, Alert, WasteCell,
    CollectionRun,
)  # fmt: skip
