"""What of a Word file is hidden, by itself or by its style, or was taken out while changes were tracked."""

from lxml import etree

from diaoyan.word_files import WordFile, attribute, kind

TAKEN_OUT = ("w:del", "w:moveFrom")
OFF = ("0", "false", "off")
# More steps from style to style are a circle.
MOST_STEPS = 20


def is_on(element: etree._Element) -> bool:
    """Whether a property that is on or off is on."""
    return attribute(element, "val") not in OFF


def inside(element: etree._Element, *names: str) -> etree._Element | None:
    """The element that the names lead to from child to child."""
    for name in names:
        element = next((child for child in element if kind(child) == name), None)
        if element is None:
            return None
    return element


def is_taken_out(element: etree._Element, properties: str) -> bool:
    """Whether the end of a paragraph, or a row, was deleted or moved away."""
    found = inside(element, properties)
    return found is not None and any(kind(mark) in TAKEN_OUT for mark in found)


class Hiding:
    """Which runs a file hides."""

    def __init__(self, file: WordFile):
        name = file.part_of("styles")
        styles = file.parsed(name).getroot() if name else ()
        self._styles = {attribute(style, "styleId"): style for style in styles if kind(style) == "w:style"}

    def of_paragraph(self, paragraph: etree._Element) -> bool:
        """Whether the style of a paragraph hides."""
        return self._of_style(inside(paragraph, "w:pPr", "w:pStyle"))

    def of_run(self, run: etree._Element, by_paragraph: bool) -> bool:
        """Whether a run is hidden; two styles that both hide show, as Word has it."""
        properties = inside(run, "w:rPr")
        if properties is None:
            return by_paragraph
        own = inside(properties, "w:vanish")
        return is_on(own) if own is not None else by_paragraph != self._of_style(inside(properties, "w:rStyle"))

    def ends_unseen(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph runs into the next one: its end was deleted or is hidden."""
        properties = inside(paragraph, "w:pPr")
        if properties is None or (mark := inside(properties, "w:rPr")) is None:
            return False
        own = inside(mark, "w:vanish")
        return is_taken_out(properties, "w:rPr") or (own is not None and is_on(own))

    def _of_style(self, named: etree._Element | None) -> bool:
        id = attribute(named, "val") if named is not None else ""
        for _ in range(MOST_STEPS):
            if (style := self._styles.get(id)) is None:
                return False
            if (own := inside(style, "w:rPr", "w:vanish")) is not None:
                return is_on(own)
            based = inside(style, "w:basedOn")
            id = attribute(based, "val") if based is not None else ""
        return False
