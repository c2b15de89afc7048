"""Times in running text: years, months, days, spans and 上年; and those that cannot be."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}
CHINESE_YEAR = "[一二][零一二三四五六七八九]{3}"
YEAR = rf"(?:(?:19|20)\d\d|{CHINESE_YEAR})"
IN_WORDS = "(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
NUMBER = rf"(?:\d{{1,2}}|{IN_WORDS})"
PART = (
    r"(?:全年|上半年|下半年|第?[一二三四1-4]季度|前[一二三四五六七八九十0-9]{1,2}个月|[春夏秋冬]季"
    r"|年初|年末|年底|年中|末|底|初|度)"
)
MONTHS = list(calendar.month_name)[1:]
A_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
ENGLISH = re.compile(
    rf"(?:(?P<day>\d{{1,2}}) )?{A_MONTH}(?: (?P<day_after>\d{{1,2}})(?!\d))?(?:，? (?P<year>(?:19|20)\d\d))?"
    r"|(?P<first>(?:19|20)\d\d)[-–—](?P<last>(?:19|20)\d\d)(?![\d,])"
    r"|(?P<year4>(?:19|20)\d\d)(?![\d,.]*\d|%| per| yuan| (?:m|b|tr)illion)"
    r"|(?P<previous>(?:the )?(?:previous|preceding) year|last year|(?:the|a) year (?:before|earlier)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten) years (?:before|earlier))|(?P<present>this year)"
)
SPAN = rf"(?P<first>{YEAR})年?(?:[-–—―~～至到]+)(?P<last>{YEAR})年(?:期间|间|末|底)?"
DAY = rf"(?:(?P<year>{YEAR})年)?(?P<month>{NUMBER})月(?P<day>{NUMBER})日"
MONTH = rf"(?P<year3>{YEAR})年(?P<month3>{NUMBER})月份?(?:底|末|初|中旬|上旬|下旬)?"
ONE_YEAR = rf"(?P<year4>{YEAR})年{PART}?"
RELATIVE = (
    r"(?P<before_previous>前年(?!同期))|(?P<previous>(?:上|去)(?:一)?年(?:同期|末|底|度|同月|年末|年底|全年)?|(?<=[比较与])同期|上年度|前一年|基期|年初|上月|上季度|上届|前年|换届之初)"
    rf"|(?<![几数一二两三四五六七八九十])(?P<years_ago>{IN_WORDS}|两)年前(?![移进])"
    r"|(?P<present>今年|本年度?|当年|目前|年末|年底|本月|现在|截至目前)"
)
# Parts of the year that is spoken of: 7月份, 1—7月, 上半年, 前三季度.
OF_YEAR = (
    r"(?P<of_year>\d{1,2}(?:月份?)?[-—－~～至到]\d{1,2}月份?|\d{1,2}月份?(?![^，。；]{0,3}日)|[上下]半年"
    r"|前[一二三两1-3]季度|第?[一二三四1-4]季度)"
)
# Five-year plans by their number, the tenth of which ended in 2005; censuses of the population, every ten years.
PLAN = "“?十(?P<plan>[一二三四五])?五”?(?P<part_of_plan>期间|时期|末|初|以来|收官之年|(?<=”))"
CENSUS = "第(?P<census>[四五六七])次(?:全国)?(?:人口)?普查(?:时|显示)?"
TENTH_PLAN, FOURTH_CENSUS = 2005, 1990
TIMES = re.compile(rf"{SPAN}|{DAY}|{MONTH}|{ONE_YEAR}|{OF_YEAR}|{PLAN}|{CENSUS}|{RELATIVE}")
LEAP_YEAR = 2024
# Before how many years ago a time is.
YEARS_AGO = "-"
# Between the first and the last year of a span.
SPAN_MARK = "/"
# What a time is called that is said only as being before another.
BEFORE_PREVIOUS, PREVIOUS, PRESENT = "before_previous", "previous", "present"


@dataclass(frozen=True)
class Moment:
    """A time: where it stands in the plain text and its period (2022, 2022-06, 2018/2022, before_previous, previous,
    present, "").

    `wrong` says what cannot be: the day of a month that has none, a span that ends before it begins.
    """

    start: int
    end: int
    period: str
    wrong: str = ""

    @property
    def year(self) -> int | None:
        """Its year, of a span the last; None where it has none."""
        return _leading_year(self.period.rpartition(SPAN_MARK)[2])


def _leading_year(period: str) -> int | None:
    return int(period[:4]) if re.fullmatch(r"\d{4}(?:\D.*)?", period) else None


def find_times(text: str, is_chinese: bool) -> Iterator[Moment]:
    """The times of a plain text, in its order."""
    yield from _chinese_times(text) if is_chinese else _english_times(text)


def _english_times(text: str) -> Iterator[Moment]:
    for found in ENGLISH.finditer(text):
        start, end = found.span()
        if found["first"]:
            first, last = int(found["first"]), int(found["last"])
            yield Moment(start, end, f"{first}{SPAN_MARK}{last}", "span" if last < first else "")
        elif found["month"] and (found["day"] or found["day_after"]):
            year = int(found["year"]) if found["year"] else None
            yield _of_day(start, end, year, MONTHS.index(found["month"]) + 1, int(found["day"] or found["day_after"]))
        elif found["month"]:
            month = MONTHS.index(found["month"]) + 1
            yield Moment(start, end, f"{found['year']}-{month:02}" if found["year"] else f"{month:02}")
        elif found["year4"]:
            yield Moment(start, end, found["year4"])
        else:
            yield Moment(start, end, PREVIOUS if found["previous"] else PRESENT)


def _chinese_times(text: str) -> Iterator[Moment]:
    for found in TIMES.finditer(text):
        start, end = found.span()
        if found["first"]:
            first, last = _year(found["first"]), _year(found["last"])
            wrong = "span" if last < first else ""
            yield Moment(start, end, f"{first}{SPAN_MARK}{last}", wrong)
        elif found["month"]:
            yield _day(start, end, found)
        elif found["month3"]:
            month = _number(found["month3"])
            yield Moment(start, end, f"{_year(found['year3'])}-{month:02}", "" if 1 <= month <= 12 else "month")
        elif found["year4"]:
            rest = found[0].partition("年")[2]
            yield Moment(start, end, f"{_year(found['year4'])}{_part(rest)}")
        elif found["part_of_plan"]:
            last = TENTH_PLAN + 5 * (_number(found["plan"]) if found["plan"] else 0)
            is_end = found["part_of_plan"] in ("末", "收官之年")
            yield Moment(start, end, str(last) if is_end else f"{last - 4}{SPAN_MARK}{last}")
        elif found["census"]:
            yield Moment(start, end, str(FOURTH_CENSUS + 10 * (_number(found["census"]) - 4)))
        elif found["before_previous"]:
            yield Moment(start, end, BEFORE_PREVIOUS)
        elif found["years_ago"]:
            yield Moment(start, end, f"{YEARS_AGO}{_number(found['years_ago'].replace('两', '二'))}")
        elif found["previous"]:
            yield Moment(start, end, PREVIOUS)
        elif found["present"]:
            yield Moment(start, end, PRESENT)
        else:
            # 上半年: called by its own words.
            yield Moment(start, end, found[0])


def _day(start: int, end: int, found: re.Match) -> Moment:
    year = _year(found["year"]) if found["year"] else None
    return _of_day(start, end, year, _number(found["month"]), _number(found["day"]))


def _of_day(start: int, end: int, year: int | None, month: int, day: int) -> Moment:
    if not 1 <= month <= 12:
        return Moment(start, end, "", "month")
    # Of a year that is not given, the 29 February may be.
    wrong = "" if 1 <= day <= calendar.monthrange(year or LEAP_YEAR, month)[1] else "day"
    return Moment(start, end, f"{year}-{month:02}-{day:02}" if year else f"{month:02}-{day:02}", wrong)


def _part(rest: str) -> str:
    """A part of a year as a mark behind it; the whole year and its end are the year."""
    if rest in ("", "全年", "末", "底", "年末", "年底", "度"):
        return ""
    return f" {rest}"


def _year(words: str) -> int:
    return int("".join(DIGITS.get(each, each) for each in words))


def _number(words: str) -> int:
    """1 to 99 in digits or words."""
    if words.isdigit():
        return int(words)
    tens, _, ones = words.rpartition("十")
    if "十" not in words:
        return int("".join(DIGITS[each] for each in words))
    return (int(DIGITS[tens]) if tens else 1) * 10 + (int(DIGITS[ones]) if ones else 0)
