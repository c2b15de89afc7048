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
            said = f"{self._section(image)}: found no file {address!r}, expected the picture"
            if self.config.diaoyan_print:
                LOGGER.warning(said, location=image.parent, type="diaoyan", subtype="picture")
            else:
                LOGGER.info(f"{MISSING}{Path(self.env.docname).name}: {said}")
            words = nodes.emphasis("", image.get("alt") or address)
            inline = isinstance(image.parent, nodes.TextElement)
            image.replace_self(words if inline else nodes.paragraph("", "", words))

    @staticmethod
    def _section(image: nodes.image) -> str:
        """The anchor of the section that a picture is in; a chapter begins with one."""
        section = image.parent
        while not isinstance(section, nodes.section | nodes.document):
            section = section.parent
        return next(iter(section["ids"]), "")


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.add_transform(NameMissingPictures)
