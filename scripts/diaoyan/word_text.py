"""The text of a Word file as its reader sees it: the body, then its notes, headers and footers."""

from diaoyan.packages import UNREADABLE, NotPlain
from diaoyan.word_files import WordFile, attribute, kind
from diaoyan.word_hiding import Hiding, is_on
from diaoyan.word_stories import NOTES, Story, WordParagraph, children


def word_paragraphs(file: WordFile) -> list[WordParagraph]:
    """All paragraphs with text: the body, its notes, headers and footers; raises NotPlain."""
    try:
        hiding = Hiding(file)
        body = Story(file.tree.getroot(), hiding)
        body.read(file.tree.getroot(), "body")
        found = body.paragraphs + _notes(file, hiding, body) + _around_pages(file, hiding)
    except UNREADABLE:
        raise NotPlain("no_word") from None
    return [paragraph for paragraph in found if paragraph.text.strip()]


def _notes(file: WordFile, hiding: Hiding, body: Story) -> list[WordParagraph]:
    """Footnotes, then endnotes, as far as the body refers to them, each once."""
    found = []
    for part in NOTES.values():
        if not (name := file.part_of(f"{part}s")):
            continue
        root = file.parsed(name).getroot()
        story = Story(root, hiding)
        notes = {attribute(note, "id"): note for note in root if kind(note) == f"w:{part}"}
        for (sort, id), anchor in body.notes.items():
            if sort == part and id in notes:
                story.read(notes[id], part, anchor)
        found += story.paragraphs
    return found


def _around_pages(file: WordFile, hiding: Hiding) -> list[WordParagraph]:
    """Headers, then footers, that some page has, each different text once."""
    settings = file.part_of("settings")
    has_even = any(map(is_on, children(file.parsed(settings).getroot(), "w:evenAndOddHeaders"))) if settings else False
    sections = [each for each in file.tree.getroot().iter("{*}sectPr") if kind(each.getparent()) != "w:sectPrChange"]
    found = []
    for part in ("header", "footer"):
        names = file.related(file.document, part)
        shown = dict.fromkeys(
            names.get(attribute(reference, "id"), "")
            for section in sections
            for reference in children(section, f"w:{part}Reference")
            if {"first": any(map(is_on, children(section, "w:titlePg"))), "even": has_even}.get(
                attribute(reference, "type"), True
            )
        )
        texts = {}
        for name in shown:
            if name in file:
                root = file.parsed(name).getroot()
                story = Story(root, hiding)
                story.read(root, part)
                texts.setdefault("\n".join(each.text for each in story.paragraphs), story.paragraphs)
        found += [paragraph for paragraphs in texts.values() for paragraph in paragraphs]
    return found
