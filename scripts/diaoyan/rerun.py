"""The end of a chapter's page: the command that makes the chapter again, and the code it runs."""

import posixpath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from diaoyan.catalogue import Catalogue

ANCHOR = "rerun"


class CodeBox(nodes.Element):
    """How to make a page again: `page`, `edition`, `language`; its children are the page's code."""


def command(page: str, edition: str, language: str) -> str:
    """The command that makes a chapter of an edition in a language, from the root of the repository."""
    name = posixpath.basename(page)
    return f"papermill chapters/{name}.ipynb out.ipynb -p edition {edition} -p lang {language}"


def visit_code_box(translator: HTML5Translator, node: CodeBox) -> None:
    """Opens the box with the command; a browser needs no script to unfold the code."""
    words: Catalogue = translator.builder.diaoyan_words

    def say(key: str) -> str:
        return translator.attval(words(f"furniture.rerun.{key}"))

    lines = [f'<aside class="diaoyan-rerun" id="{ANCHOR}" aria-labelledby="{ANCHOR}-title">']
    lines.append(f'<p class="diaoyan-rerun-title" id="{ANCHOR}-title">{say("title")}</p>')
    if node["edition"]:
        line = translator.attval(command(node["page"], node["edition"], words.language))
        lines.append(f"<p>{say('words')}</p>")
        lines.append(
            f'<p class="diaoyan-command"><code tabindex="0">{line}</code>'
            f'<button type="button" hidden data-done="{say("copied")}">{say("copy")}</button></p>'
        )
    if node["notebook"]:
        lines.append(f'<p><a href="{translator.attval(node["notebook"])}" download>{say("notebook")}</a></p>')
    lines.append(f'<details class="diaoyan-code"><summary>{say("code")}</summary>')
    translator.body.append("\n".join(lines) + "\n")


def depart_code_box(translator: HTML5Translator, node: CodeBox) -> None:
    """Closes the box."""
    translator.body.append("</details>\n</aside>\n")


class GatherCode(SphinxTransform):
    """Puts a page's code into one collapsed box after all its text, footnotes included."""

    # After the parser's own transforms, for code has to be told from text by then.
    default_priority = 900

    def apply(self, **arguments: Any) -> None:
        """Moves the code cells out of the last section."""
        cells = [node for node in self.document.findall(nodes.container) if node.get("nb_element") == "cell_code"]
        if not cells:
            return
        for cell in cells:
            cell.parent.remove(cell)
        sections = [node for node in self.document.children if isinstance(node, nodes.section)]
        place = sections[0] if sections else self.document
        page = self.env.docname
        # Only the site has executed notebooks beside the pages.
        up = posixpath.relpath(".", posixpath.dirname(page))
        notebook = f"{up}/notebooks/{posixpath.basename(page)}.ipynb" if self.config.diaoyan_site_languages else ""
        place.append(CodeBox("", *cells, page=page, edition=self.config.diaoyan_edition, notebook=notebook))


class LeaveCodeOutOfPrint(SphinxPostTransform):
    """What cannot be collapsed is left out; the site and the notebooks have it."""

    default_priority = 100

    def run(self, **arguments: Any) -> None:
        """Removes the box of code in every format but HTML."""
        if self.app.builder.format == "html":
            return
        for box in list(self.document.findall(CodeBox)):
            box.parent.remove(box)


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.add_node(CodeBox, html=(visit_code_box, depart_code_box))
    app.add_transform(GatherCode)
    app.add_post_transform(LeaveCodeOutOfPrint)
