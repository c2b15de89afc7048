"""The particulars are changed in place: what is not changed stays as it was written."""

import yaml

from diaoyan.particulars import read_particulars, with_particulars
from diaoyan.paths import DATA

FILE = DATA / "editions" / "anyang-2023" / "edition.yml"


def changed(**entries):
    """The text of the real file, and that with some entries changed."""
    source = FILE.read_text(encoding="utf-8")
    return source, with_particulars(source, read_particulars(FILE, "") | entries)


def test_the_same_entries_are_the_same_bytes():
    source, written = changed()
    assert written == source


def test_one_entry_changes_its_own_lines_only():
    source, written = changed(as_of="2024-01-02", title={"zh": "报告", "en": "Report"})
    before, after = source.splitlines(), written.splitlines()
    assert [line for line in after if line not in before] == ["  zh: 报告", "  en: Report", "as_of: '2024-01-02'"]
    assert len(after) == len(before)


def test_an_entry_left_out_goes_with_its_comment_and_a_new_one_comes_last():
    source = FILE.read_text(encoding="utf-8")
    entries = read_particulars(FILE, "")
    del entries["printed"]
    written = with_particulars(source, entries)
    assert "printed: " not in written
    assert "# The day the original was printed." not in written
    assert with_particulars(written, entries | {"printed": "2023-10-25"}) == written + "printed: '2023-10-25'\n"


def test_what_yaml_could_take_for_something_else_comes_back_as_it_was():
    for text in (
        "it's: so",
        "# no comment",
        "0010",
        "null",
        "yes",
        "- a",
        "{{ x }}",
        "[a]",
        "1.50",
        "两行\n文字",
        "a: b",
    ):
        _, written = changed(document_number=text, led_by={"zh": text, "en": f"{text} "})
        assert yaml.load(written, Loader=yaml.BaseLoader)["document_number"] == text
        assert yaml.load(written, Loader=yaml.BaseLoader)["led_by"]["zh"] == text
        assert str(yaml.safe_load(written)["document_number"]) == text
