"""An import contract of our own: a room is entered by its front door."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class RoomContract(Contract):
    """`hexi.modules.cases.api` may be imported from above; `hexi.modules.cases.models` only inside the room.

    `floors` hold the rooms; `doors` are the modules that anybody above may import; `wiring` are those that only `wirers` may, to
    put the server together. Tests are free: they set their scene in any room's tables.
    """

    floors = fields.ListField(subfield=fields.StringField())
    doors = fields.ListField(subfield=fields.StringField())
    wiring = fields.ListField(subfield=fields.StringField(), required=False)
    wirers = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Kept when nobody outside a room imports what stands behind its doors."""
        bad = sorted(self._break_ins(graph))
        return ContractCheck(kept=not bad, metadata={"bad": bad})

    def _break_ins(self, graph: ImportGraph) -> set[tuple[str, str]]:
        rooms = [room for floor in self._words("floors") for room in graph.find_children(floor)]
        return {
            (importer, module)
            for room in rooms
            for module in graph.find_descendants(room)
            for importer in graph.find_modules_that_directly_import(module)
            if not _inside(importer, room)
            and ".tests" not in importer
            and not self._open(importer, module.removeprefix(room + ".").split(".")[0])
        }

    def _open(self, importer: str, door: str) -> bool:
        if door in self._words("doors"):
            return True
        return door in self._words("wiring") and any(_inside(importer, wirer) for wirer in self._words("wirers"))

    def _words(self, name: str) -> list[str]:
        return [str(word) for word in getattr(self, name) or ()]

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each break-in, with what to import instead."""
        bad: list[tuple[str, str]] = check.metadata["bad"]
        for importer, module in bad:
            room = ".".join(module.split(".")[:3])
            output.print_error(f"{importer} walks into {module}: import from {room}.api instead.")


def _inside(module: str, room: str) -> bool:
    return f"{module}.".startswith(f"{room}.")
