"""Where in its source a figure stands, in the reader's language."""

import pytest

from diaoyan.locators import show_locator


@pytest.mark.parametrize(
    ("locator", "said"),
    [
        ("一（二）1", "part 1, sec. 2, item 1"),
        ("二（十）12", "part 2, sec. 10, item 12"),
        ("三（十二）", "part 3, sec. 12"),
        ("一（二十三）", "part 1, sec. 23"),
        ("附表", "annexed table"),
        ("2019年公报注释3", "bulletin of 2019, note 3"),
    ],
)
def test_forms_that_the_language_knows_are_said_in_it(en, locator, said):
    assert show_locator(locator, en) == said


@pytest.mark.parametrize("locator", ["一览表", "第3版", "", "一（二）1之2"])
def test_other_forms_stay_as_they_are_written(en, locator):
    assert show_locator(locator, en) == locator


def test_chinese_pages_have_them_as_the_source_writes_them(zh):
    assert show_locator("一（二）1", zh) == "一（二）1"
