"""The index of sections: the place, titles and words of each, of pages written in this run and of pages read again."""

import json
from types import SimpleNamespace

from docutils.core import publish_doctree

from diaoyan.section_index import FILE, section_entries, write_section_index

PAGE = """
Chapter
=======

First words.

A part
------

Its
words.
"""


def tree(words="words"):
    """A page as Sphinx keeps it."""
    source = PAGE.replace("words", words)
    return publish_doctree(source, settings_overrides={"doctitle_xform": False})


def index_in(folder):
    """The entries of an index."""
    script = (folder / FILE).read_text(encoding="utf-8")
    return json.loads(script.removeprefix("window.diaoyanSections = ").removesuffix(";\n"))


def test_a_section_has_its_place_its_titles_and_its_words():
    assert list(section_entries(tree(), "chapters/a")) == [
        {"address": "chapters/a.html", "title": "Chapter", "path": "", "text": "First words.", "tables": ""},
        {"address": "chapters/a.html#a-part", "title": "A part", "path": "Chapter", "text": "Its words.", "tables": ""},
    ]


def test_pages_written_in_this_run_are_not_read_again_and_the_others_are_in_their_order(tmp_path):
    trees, read = {"a": tree("words"), "b": tree("other words")}, []
    env = SimpleNamespace(get_doctree=lambda page: read.append(page) or trees[page])
    digest = write_section_index(env, {}, ["a", "b"], tmp_path / "read")
    assert read == ["a", "b"]
    read.clear()
    written = {"a": list(section_entries(trees["a"], "a"))}
    assert write_section_index(env, written, ["a", "b"], tmp_path / "written") == digest
    assert read == ["b"]
    assert index_in(tmp_path / "written") == index_in(tmp_path / "read")
    assert [entry["text"] for entry in index_in(tmp_path / "read")] == [
        "First words.",
        "Its words.",
        "First other words.",
        "Its other words.",
    ]
