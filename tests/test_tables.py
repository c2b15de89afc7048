"""Bad tables: each fault is one line naming file, row and column, what was found and what was expected."""

from decimal import Decimal

import pytest

from diaoyan.faults import Fault, Faults, quoted
from diaoyan.schema import read_schema

PLATFORMS = "research_platforms_provincial_or_higher|anyang|2022"
OBSERVATION_COLUMNS = "indicator, area, period, vintage, value, unit, qualifier, source, locator, note_zh, note_en"
PERIOD = "a time such as 2022, 2022-06, 2022-06-15, 2020/"


def test_the_real_tables_have_no_faults(edition):
    assert len(edition.tables["observations"]) > 800
    assert edition.tables["visits"].by_key()["sitong-group"]["position"] == 11


def test_numbers_are_exact_and_keep_the_digits_of_their_source(edition):
    by_key = edition.tables["observations"].by_key()
    contracts = by_key["technical_contracts", "anyang", "2018", "first_published"]
    assert (contracts["value"], type(contracts["value"])) == (Decimal("1.54"), Decimal)
    assert str(by_key["rd_intensity", "china", "2020", "first_published"]["value"]) == "2.40"


def test_an_empty_cell_is_none(edition):
    assert edition.tables["areas"].by_key()["china"]["parent"] is None


@pytest.mark.parametrize(
    ("value", "found", "expected"),
    [
        ("2o7", "'2o7'", "a number"),
        ("many", "'many'", "a number"),
        ("NaN", "'NaN'", "a number"),
        ("nan", "'nan'", "a number"),
        ("inf", "'inf'", "a number"),
        ("-Infinity", "'-Infinity'", "a number"),
        ("1e400", "'1e400'", "a number"),
        ("2.07E2", "'2.07E2'", "a number"),
        ("0x10", "'0x10'", "a number"),
        ("1_000", "'1_000'", "a number"),
        (".5", "'.5'", "a number"),
        ("5.", "'5.'", "a number"),
        ("+5", "'+5'", "a number"),
        ("2.0.7", "'2.0.7'", "a number"),
        ("٢٠٧", "'٢٠٧'", "a number"),
        ("二百", "'二百'", "a number"),
        ("207家", "'207家'", "a number"),
        ("２０７", "'２０７'", "207 in half-width digits without separators"),
        ("1,170", "'1,170'", "1170 in half-width digits without separators"),
        ("2 07", "'2 07'", "a number"),
        ("9" * 25, f"'{'9' * 25}'", "at most 24 digits"),
        ("", "''", "a number, not empty"),
    ],
)
def test_what_is_no_number_is_one_fault_of_its_cell(folder, value, found, expected):
    line = folder.change_cell("observations", PLATFORMS, "value", value)
    assert folder.faults() == [f"…/observations.csv:{line}:value: found {found}, expected {expected}"]


def test_a_whole_number_has_no_decimals_and_is_as_large_as_it_must_be(folder):
    line = folder.change_cell("charts", "investigation-timeline", "position", "1.5")
    zero = folder.change_cell("charts", "problems-intensity", "position", "0")
    assert folder.faults() == [
        f"…/charts.csv:{line}:position: found '1.5', expected a whole number of at least 1, not empty",
        f"…/charts.csv:{zero}:position: found '0', expected a whole number of at least 1, not empty",
    ]


@pytest.mark.parametrize("table", ["observations", "claims", "recommendations", "indicators", "benchmarks"])
def test_a_missing_file_is_named_with_what_belongs_in_it(folder, table, edition):
    path = folder.file(table)
    path.unlink()
    shown = folder.path.joinpath("x").parent
    name = "…/" + path.name if "editions" in path.parts else f"data/{path.relative_to(shown).as_posix()}"
    columns = ", ".join(edition.tables["observations" if table == "benchmarks" else table].columns)
    assert folder.faults() == [f"{name}: found no file, expected a table with the columns {columns}"]


def test_a_folder_in_place_of_a_file_is_no_file(folder):
    path = folder.file("recommendations")
    path.unlink()
    path.mkdir()
    assert folder.faults() == ["…/recommendations.csv: found no file, expected a table with the columns recommendation"]


def test_an_empty_file_is_one_fault(folder):
    for content in ("", "\n", "\ufeff", "\n\n\n"):
        folder.file("observations").write_text(content, encoding="utf-8")
        assert folder.faults() == [f"…/observations.csv:1: found no names of columns, expected {OBSERVATION_COLUMNS}"]


def test_an_unknown_column_is_named_and_a_misspelt_one_is_also_missing(folder):
    path = folder.file("observations")
    folder.replace(path, "value,unit,qualifier", "value,unit,qualifyer")
    assert folder.faults() == [
        "…/observations.csv:1:qualifier: found no such column, expected the column",
        f"…/observations.csv:1:qualifyer: found an unknown column 'qualifyer', expected one of {OBSERVATION_COLUMNS}",
    ]


def test_a_missing_column_is_named(folder):
    folder.file("recommendations").write_text("recommendations-leadership\n", encoding="utf-8")
    found = folder.faults()
    assert "…/recommendations.csv:1:recommendation: found no such column, expected the column" in found
    assert len(found) == 2


def test_a_column_that_stands_twice_is_named(folder):
    path = folder.file("answers")
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(f"{line},{line.split(',')[1]}" for line in lines), encoding="utf-8")
    assert folder.faults() == ["…/answers.csv:1:problem: found the column 2 times, expected once"]


def test_columns_may_stand_in_any_order(folder):
    path = folder.file("answers")
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(",".join(reversed(line.split(","))) for line in lines), encoding="utf-8")
    assert folder.load().tables["answers"].columns == ("recommendation", "problem")


def test_a_file_in_another_encoding_is_named_with_the_line(folder):
    path = folder.file("visits")
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert folder.faults() == [
        # 启, the first character that is not ASCII, is C6 F4 in GB18030.
        "…/visits.csv:2: found a byte that is not UTF-8 text (0xc6), expected a file saved as UTF-8"
    ]


def test_a_file_that_is_no_text_at_all_is_one_fault(folder):
    folder.file("visits").write_bytes(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xb5")
    assert folder.faults() == [
        "…/visits.csv:1: found a byte that is not UTF-8 text (0xb5), expected a file saved as UTF-8"
    ]


@pytest.mark.parametrize(
    ("character", "name"), [("\0", "U+0000"), ("\x1b", "U+001B"), ("\x85", "U+0085"), ("\u2028", "U+2028")]
)
def test_a_control_character_is_named_with_its_line(folder, character, name):
    folder.replace(folder.file("visits"), "滑县科技创新服务中心", f"滑县{character}中心")
    assert folder.faults() == [f"…/visits.csv:9: found a control character ({name}), expected plain text"]


def test_a_byte_order_mark_and_windows_line_ends_are_read(folder):
    path = folder.file("visits")
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    visits = folder.load().tables["visits"]
    assert len(visits) == 14
    assert visits.by_key()["sitong-group"].line == 12


def test_rows_left_empty_by_a_spreadsheet_are_skipped_and_lines_still_counted(folder):
    path = folder.file("visits")
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, ",,,,,", "", *lines, ",,,,,", " , ,,,,", ""]), encoding="utf-8")
    visits = folder.load().tables["visits"]
    assert len(visits) == 14
    assert visits.by_key()["torch-park-innovation-centre"].line == 4


def test_a_row_with_too_few_or_too_many_cells_is_named(folder):
    short = folder.append("visits", "somewhere,15,hua-county,某地")
    long = folder.append("visits", "elsewhere,16,hua-county,某地,Elsewhere,enterprise,more,and more")
    assert folder.faults() == [
        f"…/visits.csv:{short}: found 4 cells, expected 6 cells",
        f"…/visits.csv:{long}: found 8 cells, expected 6 cells",
    ]


@pytest.mark.parametrize(
    ("start", "name", "error"),
    [
        ("ancai-solar-thermal,", '"河南安彩光热', "unexpected end of data"),
        # The next quotation mark, two lines on, seems to close it.
        ("hua-county-service-centre,", '"滑县科技创新服务中心', "',' expected after '\"'"),
        ("hua-county-service-centre,", '"滑县"中心', "',' expected after '\"'"),
    ],
)
def test_a_quotation_mark_without_its_match_is_named_where_its_row_begins(folder, start, name, error):
    path = folder.file("visits")
    line = folder.change_line(path, start, path.read_text(encoding="utf-8").split(start)[1].split(",")[2], name)
    text = path.read_text(encoding="utf-8")
    if start.startswith("ancai"):
        path.write_text(text.replace('"Henan Ancai Solar Thermal Technology Co., Ltd."', "Ancai"), encoding="utf-8")
    assert folder.faults() == [
        f"…/visits.csv:{line}: found a row that cannot be read ({error}), expected cells in matching quotation marks"
    ]


def test_blanks_around_a_cell_say_nothing(folder):
    folder.change_cell("observations", PLATFORMS, "value", " 207 ")
    folder.change_cell("observations", PLATFORMS, "period", "2022\n")
    folder.change_cell("observations", "rd_intensity|anyang|2022", "area", "\u3000anyang")
    edition = folder.load()
    assert edition.facts.get("research_platforms_provincial_or_higher", "anyang", "2022").quantity.value == 207
    assert edition.facts.get("rd_intensity", "anyang", "2022").quantity.value == Decimal("1.78")


def test_lines_are_counted_right_after_a_cell_of_several_lines(folder):
    path = folder.file("sources")
    folder.replace(path, "附表：各地区研究与试验发展", '附表："各地区\n研究与\n试验发展"'.replace('"', ""))
    # Unquoted, the line break would end the row; quoted, it is part of the cell.
    text = path.read_text(encoding="utf-8")
    cell = "全国科技经费投入统计公报（2011—2023年）附表：各地区\n研究与\n试验发展（R&D）经费情况"
    path.write_text(text.replace(cell, f'"{cell}"'), encoding="utf-8")
    line = folder.change_line(path, "nbs-2021,", "bulletin", "gossip")
    trusts = "original, bulletin, checked_copy, news_report, newspaper, reprint"
    assert line == 6
    assert folder.faults() == [f"data/sources.csv:6:trust: found 'gossip', expected one of {trusts}"]


def test_a_second_row_with_the_same_key_is_one_fault_naming_the_first(folder):
    line = folder.append("observations", "rd_intensity,anyang,2022,first_published,1.80,%,,anyang-2023,二（二）1,,")
    key = "rd_intensity · anyang · 2022 · first_published"
    assert folder.faults() == [
        f"…/observations.csv:{line}:indicator: found '{key}' a second time, "
        "expected each key once (first at data/editions/anyang-2023/observations.csv:19)".replace(
            "data/editions/anyang-2023/", "…/"
        )
    ]


def test_an_edition_may_not_repeat_a_key_of_the_shared_table(folder):
    line = folder.append("areas", "tibet,province,china,,西藏,Tibet")
    assert folder.faults() == [
        f"…/areas.csv:{line}:area: found 'tibet' a second time, expected each key once (first at data/areas.csv:28)"
    ]


def test_an_id_that_must_be_unique_is_one_fault(folder):
    line = folder.append("themes", "policy,5,某专题,Some theme")
    assert folder.faults() == [
        f"…/themes.csv:{line}:theme: found 'policy' a second time, expected each key once (first at …/themes.csv:4)"
    ]


def test_a_cell_that_must_be_unique_without_being_the_key_is_one_fault(folder):
    line = folder.append("themes", "money,4,某专题,Some theme")
    assert folder.faults() == [
        f"…/themes.csv:{line}:position: found '4', expected a whole number of at least 1, not empty, only once"
    ]


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "of"),
    [
        ("observations", PLATFORMS, "indicator", "research_platforms", "indicators"),
        ("observations", PLATFORMS, "area", "kaifeng", "areas"),
        ("observations", PLATFORMS, "area", "Anyang", "areas"),
        ("observations", PLATFORMS, "source", "hearsay", "sources"),
        ("observations", PLATFORMS, "unit", "栋", "units"),
        ("claims", "intensity-gap-nation", "base_area", "asia", "areas"),
        ("claims", "intensity-gap-nation", "source", "hearsay", "sources"),
        ("items", "achievements-talent", "section", "achievements-nothing", "items"),
        ("areas", "hua-county", "parent", "puyang", "areas"),
        ("answers", "recommendations-partners|problems-talent", "problem", "problems-nothing", "problems"),
        ("visits", "sitong-group", "area", "linzhou", "areas"),
        ("policies", "growth-index", "item", "achievements-nothing", "items"),
        ("evidence", "funds-unpaid", "indicator", "unpaid", "indicators"),
    ],
)
def test_a_name_that_no_row_defines_is_one_fault(folder, table, key, column, value, of):
    line = folder.change_cell(table, key, column, value)
    name = folder.file(table).name
    assert folder.faults() == [f"…/{name}:{line}:{column}: found '{value}', expected a row of {of}"]


def test_a_name_no_row_defines_in_a_shared_table_is_one_fault(folder):
    line = folder.change_cell("indicators", "rd_intensity", "unit", "percent")
    assert folder.faults() == [f"data/indicators.csv:{line}:unit: found 'percent', expected a row of units"]


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "expected"),
    [
        ("observations", PLATFORMS, "vintage", "newest", "one of first_published, latest"),
        ("observations", PLATFORMS, "qualifier", "over", "one of above, below, near, target"),
        ("observations", PLATFORMS, "period", "2022年", f"{PERIOD}, not empty"),
        ("observations", PLATFORMS, "period", "2022-13", f"{PERIOD}, not empty"),
        ("observations", PLATFORMS, "period", "22", f"{PERIOD}, not empty"),
        ("observations", PLATFORMS, "source", "", "a text, not empty"),
        ("visits", "sitong-group", "kind", "shop", "one of enterprise, platform, public_service"),
        ("visits", "sitong-group", "name_zh", " \u3000", "a text, not empty"),
        (
            "charts",
            "problems-intensity",
            "title_en",
            "R&D in 2022",
            "words without digits such as R&D platforms, not empty",
        ),
        (
            "claims",
            "platforms-difference",
            "kind",
            "increase",
            "one of level, difference, growth, yearly_growth, times, doublings, share, sum, count, gap, rank, first",
        ),
    ],
)
def test_a_value_that_is_not_allowed_is_one_fault(folder, table, key, column, value, expected):
    line = folder.change_cell(table, key, column, value)
    found = quoted(value.strip())
    assert folder.faults() == [f"…/{table}.csv:{line}:{column}: found {found}, expected {expected}"]


def test_faults_of_several_files_are_told_at_once_in_order(folder):
    folder.file("themes").unlink()
    folder.replace(folder.file("visits"), "滑县科技创新服务中心", "滑县\0中心")
    folder.replace(folder.own("edition.yml"), "city: anyang\n", "")
    lines = folder.faults()
    assert [line.split(":")[0] for line in lines] == ["…/edition.yml", "…/themes.csv", "…/visits.csv"]


def test_several_faults_of_one_table_are_told_at_once(folder):
    one = folder.change_cell("observations", PLATFORMS, "value", "many")
    two = folder.change_cell("observations", "rd_intensity|anyang|2022", "unit", "percent")
    assert folder.faults() == [
        f"…/observations.csv:{one}:value: found 'many', expected a number",
        f"…/observations.csv:{two}:unit: found 'percent', expected a row of units",
    ]


def test_a_table_without_rows_is_no_fault(folder):
    folder.file("policies").write_text("policy,item,name_zh,name_en,locator,kind\n", encoding="utf-8")
    assert len(folder.load().tables["policies"]) == 0


def test_a_fault_is_one_line_whatever_stands_in_the_cell():
    fault = Fault("a.csv", 3, "value", quoted("first\nsecond\r\tthird\x1b[31m" + "9" * 100), "a number")
    assert str(fault).startswith("a.csv:3:value: found 'first\\nsecond\\r\\tthird\\x1b[31m999")
    assert len(str(fault).splitlines()) == 1
    assert len(str(fault)) < 140


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("units:\n  fields: {\n", ":3: found text that cannot be read ("),
        ("- units\n", ": found \"['units']\", expected keys with values"),
        ("units: 5\n", ":units: found \"5 is not of type 'object'\", expected the shape of a table"),
        (
            "units: {home: shared, path: units.csv, fields: [{name: unit, type: date}], primaryKey: [], "
            "foreignKeys: []}",
            ":units.fields.0.type: found \"'date' is not one of ['string', 'integer', 'number']\"",
        ),
        (
            "areas: {home: both, path: areas.csv, fields: [], primaryKey: [], foreignKeys: []}",
            ":areas: found \"'shared_path' is a required property\"",
        ),
        *(
            (
                "units: {home: shared, path: units.csv, fields: [{name: unit, type: string}], primaryKey: [], "
                f"foreignKeys: [{{fields: [{own}], reference: {{resource: {table}, fields: [{other}]}}}}]}}",
                f":units.foreignKeys: found '{found}', expected a column of a table",
            )
            for own, table, other, found in (
                ("name", "units", "unit", "units.name"),
                ("unit", "units", "name", "units.name"),
                ("unit", "areas", "unit", "areas.unit"),
            )
        ),
    ],
)
def test_a_file_that_is_no_schema_is_one_line(tmp_path, content, line):
    (tmp_path / "schema.yml").write_text(content, encoding="utf-8")
    with pytest.raises(Faults) as raised:
        read_schema(tmp_path)
    assert str(raised.value).startswith(f"data/schema.yml{line}")
    assert "\n" not in str(raised.value)


def test_a_missing_schema_is_one_line(tmp_path):
    with pytest.raises(Faults) as raised:
        read_schema(tmp_path)
    assert str(raised.value) == "data/schema.yml: found no file, expected a file"
