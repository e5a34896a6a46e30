"""A pattern as a sentence for the official who owns the rule."""

from __future__ import annotations

from hexi.kernel.condition_words import span_words, value_words
from hexi.kernel.context import Param
from hexi.kernel.label import Language
from hexi.kernel.stream.patterns import Absent, Counted, Held, InOrder, Pattern, Span, Unusual
from hexi.kernel.stream.seen import Seen

SIDES: dict[Language, dict[str, str]] = {
    "zh": {"both": "偏离", "above": "高出", "below": "低于"}, "en": {"both": "away from", "above": "above", "below": "below"},
}  # fmt: skip


def pattern_words(pattern: Pattern, language: Language = "zh") -> str:
    """What the pattern looks for, in words."""
    return _chinese(pattern) if language == "zh" else _english(pattern)


def _chinese(pattern: Pattern) -> str:
    match pattern:
        case Held(seen, lasting, silence):
            held = f"，持续 {_span(lasting, 'zh')}" if lasting else ""
            anew = f"（中断超过 {_span(silence, 'zh')} 重新计时）" if silence else ""
            return f"{_seen(seen, 'zh')}{held}{anew}"
        case Absent(seen, lasting, by_day):
            day = f"（只计每日 {by_day[0]:%H:%M} 至 {by_day[1]:%H:%M}）" if by_day else ""
            return f"{_span(lasting, 'zh')}内没有{_seen(seen, 'zh')}{day}"
        case Counted(seen, times, within):
            return f"{_span(within, 'zh')}内 {times} 次{_seen(seen, 'zh')}"
        case InOrder(steps, within, quiet, unless, strict):
            way = f"{_span(within, 'zh')}内{'连续' if strict else ''}先后出现：{'，再'.join(_seen(step, 'zh') for step in steps)}"
            return f"{way}；其后 {_span(quiet, 'zh')}内没有{_seen(unless, 'zh')}" if quiet and unless else way
        case Unusual(seen, deviations, times, least, side):
            floor = f"，且相差超过 {value_words(least, seen.kind.unit, 'zh')}" if least else ""
            return f"{_seen(seen, 'zh')}连续 {times} 次{SIDES['zh'][side]}本人（本设备）平时水平 {_number(deviations, 'zh')} 个标准差以上{floor}"


def _english(pattern: Pattern) -> str:
    match pattern:
        case Held(seen, lasting, silence):
            held = f" for {_span(lasting, 'en')}" if lasting else ""
            anew = f", anew after a silence of {_span(silence, 'en')}" if silence else ""
            return f"{_seen(seen, 'en')}{held}{anew}"
        case Absent(seen, lasting, by_day):
            day = f", counting {by_day[0]:%H:%M} to {by_day[1]:%H:%M} of each day" if by_day else ""
            return f"no {_seen(seen, 'en')} for {_span(lasting, 'en')}{day}"
        case Counted(seen, times, within):
            return f"{_seen(seen, 'en')} {times} times within {_span(within, 'en')}"
        case InOrder(steps, within, quiet, unless, strict):
            told = ", then ".join(_seen(step, "en") for step in steps)
            way = f"within {_span(within, 'en')}{' and with nothing between' if strict else ''}: {told}"
            return f"{way}; then no {_seen(unless, 'en')} for {_span(quiet, 'en')}" if quiet and unless else way
        case Unusual(seen, deviations, times, least, side):
            floor = f" and by more than {value_words(least, seen.kind.unit, 'en')}" if least else ""
            usual = f"{SIDES['en'][side]} what is usual for it by more than {_number(deviations, 'en')} standard deviations"
            return f"{_seen(seen, 'en')} {times} times in a row {usual}{floor}"


def _seen(seen: Seen, language: Language) -> str:
    """「心率」高于 160 次/分: the kind, then what is said of it."""
    name, unit = seen.kind.label.said(language), seen.kind.unit
    found = [f"「{name}」" if language == "zh" else name]
    above, below, inside, outside = {"zh": ("高于 ", "低于 ", "在", "在"), "en": ("above ", "below ", "inside ", "outside ")}[language]
    if seen.above is not None:
        found.append(above + value_words(seen.above, unit, language))
    if seen.below is not None:
        found.append(below + value_words(seen.below, unit, language))
    for word, fence, behind in ((inside, seen.inside, "以内"), (outside, seen.outside, "以外")):
        if fence is not None:
            found.append(f"{word}{fence.label.said(language)}{behind if language == 'zh' else ''}")
    return found[0] + "且".join(found[1:]) if language == "zh" else " ".join([found[0], " and ".join(found[1:])]).strip()


def _span(span: Span, language: Language) -> str:
    return value_words(span, "", language) if isinstance(span, Param) else span_words(span, language)


def _number(number: float | Param[float], language: Language) -> str:
    return value_words(number, "", language) if isinstance(number, Param) else f"{number:g}"
