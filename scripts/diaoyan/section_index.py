"""What the search of a book looks through: the words of each section, in a script that the page of the search loads."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from diaoyan.rerun import CodeBox

FILE = "section_index.js"
# Blocks of words; what stands in one is said in one go, blocks are kept apart.
BLOCKS = (nodes.paragraph, nodes.caption, nodes.title, nodes.term)


def section_entries(doctree: nodes.document, page: str) -> Iterator[dict[str, str]]:
    """Each section: where it is, its title, the titles it stands under, and its own words, those of tables apart."""
    for section in doctree.findall(nodes.section):
        titles = [title_of(each) for each in _sections_around(section)]
        # A page's own section begins where the page does.
        anchor = f"#{section['ids'][0]}" if titles else ""
        yield {
            "address": f"{page}.html{anchor}",
            "title": title_of(section),
            "path": " › ".join(reversed(titles)),
            "text": " ".join(_words(section)),
            "tables": " · ".join(_cells(section)),
        }


def title_of(section: nodes.section) -> str:
    """The heading of a section."""
    return next((child.astext() for child in section.children if isinstance(child, nodes.title)), "")


def keep_sections(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Keeps the sections of a page that is about to be written, so that it need not be read again for the index."""
    app.builder.diaoyan_sections[page] = list(section_entries(doctree, page))


def write_section_index(
    env: BuildEnvironment, written: dict[str, list[dict[str, str]]], pages: list[str], folder: Path
) -> str:
    """Writes the index of the pages, in their order, and returns a digest of it; `written` are those of this run."""
    found = (written.get(page) or section_entries(env.get_doctree(page), page) for page in pages)
    entries = [entry for each in found for entry in each]
    # Data in a script: a page opened from disk may not read other files.
    script = f"window.diaoyanSections = {json.dumps(entries, ensure_ascii=False, separators=(',', ':'))};\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(script, encoding="utf-8", newline="\n")
    return hashlib.sha256(script.encode()).hexdigest()[:8]


def _sections_around(section: nodes.section) -> Iterator[nodes.section]:
    around = section.parent
    while around is not None:
        if isinstance(around, nodes.section):
            yield around
        around = around.parent


def _words(node: nodes.Element) -> Iterator[str]:
    """The blocks of text that are the section's own, with the captions of its charts and tables."""
    for child in node.children:
        if isinstance(child, nodes.section | CodeBox | nodes.tgroup) or _is_heading(child):
            continue
        if isinstance(child, BLOCKS):
            yield " ".join(child.astext().split())
        elif isinstance(child, nodes.Element):
            yield from _words(child)


def _cells(node: nodes.Element) -> Iterator[str]:
    """The cells of the section's own tables."""
    for child in node.children:
        if isinstance(child, nodes.entry):
            words = " ".join(child.astext().split())
            yield from [words] if words else []
        elif isinstance(child, nodes.Element) and not isinstance(child, nodes.section | CodeBox):
            yield from _cells(child)


def _is_heading(node: nodes.Node) -> bool:
    return isinstance(node, nodes.title) and isinstance(node.parent, nodes.section)
