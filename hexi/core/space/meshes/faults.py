"""What can be wrong with a tileset, each with the file that it is in and how to mend it."""

from __future__ import annotations

from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import Label, t

MOST = 20
"""Faults that are told; a thousand tiles of one program have a thousand times the same one."""
NO_TILESET = t(
    "没有 tileset.json：它应在文件夹或压缩包的最上层",
    "There is no tileset.json: it belongs at the top of the folder or ZIP file",
)
NO_JSON = t("不是可读的 JSON，请重新导出", "This is no readable JSON; export it again")
NO_VERSION = t("3D Tiles 版本应为 1.0 或 1.1，请重新导出", "The version of 3D Tiles must be 1.0 or 1.1; export it again")
NO_VOLUME = t(
    "瓦片缺少 boundingVolume（box、region 或 sphere），请重新导出",
    "A tile has no boundingVolume (box, region or sphere); export it again",
)
IMPLICIT = t(
    "使用了隐式瓦片（implicitTiling），本平台不读取；请导出为显式瓦片",
    "It uses implicit tiling, which is not read here; export explicit tiles",
)
OUTSIDE = t(
    "引用了文件夹以外的地址；所有文件须随模型一起提供",
    "It refers to something outside of the folder; every file must come with the meshes",
)
MISSING = t("引用的文件不存在，请补齐后重新导入", "The file that is referred to is not there; add it and import again")
CONTENT = t(
    "不是可用的模型瓦片（glb、gltf、b3dm、i3dm、cmpt），请转换为 glb",
    "This is no tile of meshes (glb, gltf, b3dm, i3dm, cmpt); convert it to glb",
)
BROKEN = t("文件不完整或已损坏，请重新导出", "The file is cut short or broken; export it again")
OLD_GLTF = t(
    "内含 glTF 1.0，请用 3d-tiles-tools upgrade 升级后重新导入",
    "It holds glTF 1.0; bring it to 2.0 with `3d-tiles-tools upgrade` and import again",
)
COMPRESSED = t(
    "使用了压缩（{name}），解压需在浏览器中运行 WebAssembly，安全策略不允许；请在导出时关闭压缩，或用 gltf-transform 转换",
    "It is compressed ({name}): undoing that would run WebAssembly in the browser, which our security policy forbids; export it without "
    "compression, or convert it with gltf-transform",
)
EXTENSION = t(
    "需要 glTF 扩展 {name}，本平台不支持；请在导出时关闭它",
    "It needs the glTF extension {name}, which is not read here; switch it off in the export",
)
NOWHERE = t(
    "模型没有地理位置（局部坐标）；请在导出时设置坐标原点，使根瓦片的 transform 落在地球上",
    "The meshes stand nowhere on earth (local coordinates); set their origin in the export, so that the root's transform places them",
)
ELSEWHERE = t(
    "模型位于 {place}，不在本区 {district} 范围内；请核对坐标系和根瓦片的 transform",
    "The meshes stand at {place}, outside of the district's {district}; check the coordinate system and the root's transform",
)
NO_ROOM = t(
    "磁盘空间不足，仅剩 {free} MB；请清理后再导入",
    "The disk is too full, {free} MB are free; make room and import again",
)
EMPTY = t("瓦片中没有任何模型，请重新导出", "No tile has any content; export it again")


class Faults:
    """Faults as they are found, each once for each file."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Problem] = {}

    def add(self, message: Label, file: str, value: str = "") -> None:
        """`value` is what is wrong in the file."""
        self._found.setdefault((message.en, file), Problem("file", message, where=file, value=value[:200]))

    def any(self) -> bool:
        return bool(self._found)

    def refuse(self) -> None:
        """Raises Invalid where something was found."""
        if self._found:
            raise Invalid(
                list(self._found.values())[:MOST],
                t("三维模型有 {count} 处问题，未导入", "The meshes have {count} faults and were not imported").filled(
                    count=len(self._found)
                ),
            )
