import pytest

from hexi.core.space.addresses.reading import Written, half_width, house_key, number_of, stair_key, taken_apart


@pytest.mark.parametrize(
    "text,house,stair,room",
    [
        ("景兴里3号楼2单元501室", "3", 2, "501"),
        ("景兴里３号楼２单元５０１室", "3", 2, "501"),
        ("景兴里三号楼二单元", "3", 2, ""),
        ("景兴里十二栋一门", "12", 1, ""),
        ("景兴里二十一幢", "21", None, ""),
        ("景兴里3-2-501", "3", 2, "501"),
        ("景兴里3—2—501", "3", 2, "501"),
        ("景兴里3-501", "3", None, "501"),
        ("景兴里3-2", "3", 2, ""),
        ("景兴里3#楼2门", "3", 2, ""),
        ("景兴里甲3号楼", "甲3", None, ""),
        ("景兴里3A座1201", "3A", None, "1201"),
        ("景兴里底商3号", "商3", None, ""),
        ("景兴里商铺12", "商12", None, ""),
        ("景兴里3号楼6层", "3", None, ""),
        ("景兴里3楼2门", "3", 2, ""),
        ("景兴里3号楼东门口", "3", None, ""),
        ("景兴里", "", None, ""),
        ("景兴里3号2门501", "3", 2, "501"),
        ("景兴里叁号楼贰单元", "3", 2, ""),
        ("景兴里拾贰栋壹门", "12", 1, ""),
        ("景兴里3号楼第2单元", "3", 2, ""),
        ("景兴里3号楼2号门", "3", 2, ""),
        ("景兴里3号楼2单元楼门", "3", 2, ""),
        ("景兴里3号楼2梯", "3", 2, ""),
        ("景兴里3号楼2-501", "3", 2, "501"),
        ("景兴里3-2-5-501", "3", 2, "501"),
        ("景兴里3号楼2单元5楼501室", "3", 2, "501"),
        ("景兴里3号楼2单元五层501", "3", 2, "501"),
        ("景兴里3号楼2单元5F501", "3", 2, "501"),
        ("景兴里⑤号楼②单元", "5", 2, ""),
        ("景兴里A座1201", "A", None, "1201"),
        ("景兴里03幢02单元", "3", 2, ""),
    ],
)
def test_numbers_are_read_in_every_spelling(text: str, house: str, stair: int | None, room: str) -> None:
    found = taken_apart(text)
    assert (found.house, found.stair, found.room) == (house, stair, room)
    assert found.names.startswith("景兴里")


@pytest.mark.parametrize(
    "text,storey",
    [("景兴里3号楼2门5层", 5), ("景兴里3号楼2门五楼", 5), ("景兴里3号楼2单元12F", 12), ("景兴里3号楼负1层", -1), ("景兴里3号楼B2层", -2),
     ("景兴里3号楼地下二层", -2), ("景兴里3号楼顶层", None), ("景兴里3-2-5-501", 5), ("景兴里3号楼", None)],
)  # fmt: skip
def test_storeys_are_read_and_are_no_houses(text: str, storey: int | None) -> None:
    assert (taken_apart(text).storey, taken_apart(text).house) == (storey, "3")


@pytest.mark.parametrize("text,door", [("景兴里3号楼东门", "东"), ("景兴里3号楼A单元501", "A"), ("景兴里3栋甲门洞", "甲"), ("景兴里3号楼正门", "正"), ("景兴里3号楼东门口", ""), ("东门里3号楼", "")])
def test_stairs_that_have_a_name_are_told_by_it(text: str, door: str) -> None:
    assert (taken_apart(text).door, taken_apart(text).stair, taken_apart(text).house) == (door, None, "3")


@pytest.mark.parametrize("text,street", [("友谊路12号", "友谊路12号"), ("友谊路街道12号楼", ""), ("平江道 ８ 号", "平江道8号"), ("解放南路二十号", "解放南路20号")])
def test_a_street_with_a_number_is_no_building(text: str, street: str) -> None:
    assert taken_apart(text).street == street


@pytest.mark.parametrize("words,number", [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("一百零三", 103), ("一〇三", 103), ("两", 2)])
def test_counting_words_are_numbers(words: str, number: int) -> None:
    assert number_of(words) == number


def test_names_that_hold_counting_words_stay_as_they_are() -> None:
    assert half_width("八里台三中") == "八里台三中"
    assert half_width("第一医院十二号楼") == "第一医院12号楼"


@pytest.mark.parametrize("name,key", [("3号楼", "3"), ("03栋", "3"), ("底商3", "商3"), ("甲3号楼", "甲3"), ("3a座", "3A"), ("正门", ""), ("综合楼", "")])
def test_a_buildings_name_gives_its_key(name: str, key: str) -> None:
    assert house_key(name) == key


@pytest.mark.parametrize("name,key", [("2门", 2), ("二单元", 2), ("02", 2), ("正门", None)])
def test_a_doors_name_gives_its_number(name: str, key: int | None) -> None:
    assert stair_key(name) == key


@pytest.mark.parametrize("text", ["", "   ", "\x00", "-", "号楼", "|||", "９９９９９９９９", "门" * 500])
def test_nonsense_is_read_as_names_or_nothing(text: str) -> None:
    assert isinstance(taken_apart(text), Written)
