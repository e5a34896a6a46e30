"""Names of what the generator invents: each says in both languages that it is a sample."""

from itertools import product

from numpy.random import Generator

_FIRST = {
    "福": "fu", "安": "an", "和": "he", "康": "kang", "瑞": "rui", "祥": "xiang", "宁": "ning", "泰": "tai", "丰": "feng", "华": "hua",
    "新": "xin", "文": "wen", "景": "jing", "云": "yun", "春": "chun", "秋": "qiu", "明": "ming", "锦": "jin", "永": "yong", "嘉": "jia",
}  # fmt: skip
_SECOND = {
    "顺": "shun", "泽": "ze", "源": "yuan", "兴": "xing", "馨": "xin", "雅": "ya", "宜": "yi", "裕": "yu", "达": "da", "林": "lin",
    "泉": "quan", "霞": "xia", "晖": "hui", "竹": "zhu", "梅": "mei", "兰": "lan", "桂": "gui", "庆": "qing", "荣": "rong", "盛": "sheng",
}  # fmt: skip
# What the name of housing ends with, by the street's age.
_LAST = {
    "lanes": (("里", "li"), ("坊", "fang"), ("大楼", "dalou")),
    "old": (("里", "li"), ("新里", "xinli"), ("公寓", "gongyu")),
    "mixed": (("里", "li"), ("公寓", "gongyu"), ("花园", "huayuan")),
    "new": (("园", "yuan"), ("苑", "yuan"), ("家园", "jiayuan")),
}
_USES = {
    "school": ("示例第{}学校", "Sample School {}"),
    "hospital": ("示例第{}医院", "Sample Hospital {}"),
    "office": ("示例第{}商务楼宇", "Sample Office Block {}"),
    "mall": ("示例第{}商场", "Sample Mall {}"),
    "market": ("示例第{}菜市场", "Sample Market {}"),
    "works": ("示例第{}场站", "Sample Depot {}"),
}

Name = tuple[str, str]


class CompoundNames:
    """Hands out compounds' names; none comes twice in a district."""

    def __init__(self, rng: Generator) -> None:
        self.rng = rng
        self.taken: set[str] = set()
        self.counts: dict[str, int] = {}
        self.stems = [(a + b, (x + y).capitalize()) for (a, x), (b, y) in product(_FIRST.items(), _SECOND.items())]

    def name(self, use: str, era: str) -> Name:
        return self._housing(era) if use == "housing" else self._numbered(use)

    def _numbered(self, use: str) -> Name:
        self.counts[use] = self.counts.get(use, 0) + 1
        zh, en = _USES[use]
        return zh.format(self.counts[use]), en.format(self.counts[use])

    def _housing(self, era: str) -> Name:
        while True:
            stem, sound = self.stems[self.rng.integers(len(self.stems))]
            last, last_sound = _LAST[era][self.rng.integers(len(_LAST[era]))]
            if stem + last not in self.taken:
                self.taken.add(stem + last)
                return f"示例{stem}{last}", f"{sound}{last_sound} (sample)"


def community_name(street: str, street_en: str, number: int) -> Name:
    return f"{street}第{number:02}社区（示例）", f"{street_en} Community {number:02} (sample)"


def grid_name(number: int) -> Name:
    return f"第{number:02}网格", f"Grid {number:02}"


def building_name(kind: str, number: int) -> Name:
    if kind == "shop":
        return f"底商{number}", f"Shops {number}"
    return f"{number}号楼", f"Building {number}"


def doorway_name(number: int, is_home: bool) -> Name:
    return (f"{number}门", f"Door {number}") if is_home else ("正门", "Main door")
