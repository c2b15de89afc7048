"""A table as an office types it, where not all that it needs has a column."""

import pytest

from diaoyan.edition_import import import_form
from diaoyan.fault_words import Said

ANYANG = "anyang-2023"


def test_a_unit_behind_a_number_does_not_stand_in_for_the_column_of_units(folder, tmp_path):
    lines = folder.file("observations").read_text(encoding="utf-8").splitlines()[1:]
    row = next(line for line in lines if ",1.54,亿元," in line)
    head = "指标,地区,时间,数据版本,数值,限定,来源,原文位置,说明（中文）,说明（英文）"
    (tmp_path / "数据.csv").write_text("\n".join([head, row.replace(",1.54,亿元,", ",1.54亿元,")]), encoding="utf-8")
    with pytest.raises(Said) as raised:
        import_form(ANYANG, tmp_path / "数据.csv", folder.path, "zh", "observations")
    assert "“数据.csv”第1行：没有“计量单位”列，应为有这一列" in str(raised.value).splitlines()
