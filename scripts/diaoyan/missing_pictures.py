"""Pictures that a chapter shows and that are not there: their words stand on the page, and the build names them."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

# How a line of the log begins that names one.
MISSING = "missing picture: "
LOGGER = logging.getLogger(__name__)


class NameMissingPictures(SphinxTransform):
    """Says which pictures are missing and where; on pages their words stand in their place, print fails."""

    # After the anchors of sections are settled, and before Sphinx collects pictures.
    default_priority = 875

    def apply(self, **arguments: Any) -> None:
        """Replaces each by its alternative text."""
        for image in list(self.document.findall(nodes.image)):
            address = image["uri"]
            _, path = self.env.relfn2path(address, self.env.docname)
            if "://" in address or address.startswith("data:") or Path(path).is_file():
                continue
            line = f"{self._place(image)}: found no file {address!r}, expected the picture"
            if self.config.diaoyan_print:
                LOGGER.warning(line, type="diaoyan", subtype="picture")
            else:
                LOGGER.info(f"{MISSING}{line}")
            words = nodes.emphasis("", image.get("alt") or address)
            inline = isinstance(image.parent, nodes.TextElement)
            image.replace_self(words if inline else nodes.paragraph("", "", words))

    def _place(self, image: nodes.image) -> str:
        """The chapter, and the section where there is one."""
        chapter = Path(self.env.docname).name
        section = image.parent
        while section and not isinstance(section, nodes.section):
            section = section.parent
        return f"{chapter}: {section['ids'][0]}" if section and section["ids"] else chapter


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.add_transform(NameMissingPictures)
