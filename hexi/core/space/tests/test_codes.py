from hypothesis import given
from hypothesis import strategies as st

from hexi.core.space.api import Level, ancestors_of, level_of, parent_of, prefix_lengths, prefix_range

codes = st.text("0123456789", min_size=1, max_size=22)


@given(codes, codes)
def test_a_subtree_is_one_range_of_codes(place: str, code: str) -> None:
    first, behind = prefix_range(place)
    assert (first <= code < behind) == code.startswith(place)
    assert first <= place + code < behind


@given(codes)
def test_the_empty_code_is_the_whole_tree(code: str) -> None:
    first, behind = prefix_range("")
    assert first <= code < behind


def test_a_range_of_nines_still_ends_behind_its_own_parts() -> None:
    first, behind = prefix_range("999999")
    assert first <= "999999999" < behind
    assert not first <= "999998"


def test_the_length_of_a_code_tells_its_level() -> None:
    assert level_of("120103") is Level.DISTRICT
    assert level_of("12010300100101001001" + "02") is Level.DOORWAY
    assert level_of("1201") is None
    assert level_of("12010x") is None
    assert level_of("１２０１０３") is None


def test_a_code_names_the_wholes_round_it() -> None:
    assert ancestors_of("12010300100101") == ("120103", "120103001", "120103001001")
    assert parent_of("12010300100101") == "120103001001"
    assert parent_of("120103") == ""
    assert list(prefix_lengths().values()) == [6, 9, 12, 14, 17, 20, 22]
