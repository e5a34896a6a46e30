"""The label at the elder's door: whoever came in a call for help types its code, and so was there."""

from __future__ import annotations

import hashlib

from hexi.kit import Face, Fact, Forbidden, Tag, Viewer, t
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.parties import KEEPERS
from hexi.scenarios.eldercare.today import LETTERS

LENGTH = 5
PHONE = "/m/work"


def door_code(elder: Elder) -> str:
    """Five letters that follow from the elder's own secret code, which they do not tell; a new code of the elder makes a new label."""
    mark = int(hashlib.sha256(f"eldercare door {elder.code}".encode()).hexdigest(), 16)
    return "".join(LETTERS[mark // len(LETTERS) ** at % len(LETTERS)] for at in range(LENGTH))


def at_the_door(viewer: Viewer, elder: Elder) -> Face:
    """What is stuck beside the door: no name, no address. Raises Forbidden for who does not keep the file."""
    if not viewer.holds(*KEEPERS):
        raise Forbidden(t("只有管档案的人可以打印门上代码", "Only those who keep the file may print the code at the door"))
    facts = (
        Fact(t("到场代码", "code"), t(door_code(elder), door_code(elder))),
        Fact(t("怎么用", "how"), t("应急到场后，在手机“我的工作”里输入此码", "In an emergency, type it under “My work” once you are here")),
    )
    return Face(t("应急到场代码", "Code of arrival"), PHONE, facts, t("贴在门内侧，不写姓名", "Stick it inside the door; it names nobody"))


TAGS = (Tag("eldercare.elder", t("打印门上代码", "print the code at the door"), at_the_door),)
