"""Anchors of sections: those of the texts, the same in every language, and none made from a title."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform


class KeepOwnAnchors(SphinxTransform):
    """Takes from sections with an anchor of their own the ids made of titles, which change with words and language."""

    # Sphinx collects the contents of a page at 880.
    default_priority = 870

    def apply(self, **arguments: Any) -> None:
        """Leaves a section only the names it was given."""
        given = {id for name, id in self.document.nameids.items() if self.document.nametypes.get(name)}
        for section in self.document.findall(nodes.section):
            own = [id for id in section["ids"] if id in given]
            if own:
                section["ids"] = own


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.add_transform(KeepOwnAnchors)
