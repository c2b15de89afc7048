"""The book's title as text: the theme puts it into its pages unescaped, and an edition may be called anything."""

from markupsafe import escape
from sphinx.application import Sphinx

# After all that want the title as it is.
LAST = 990


def escape_title(app: Sphinx, page: str, template: str, context: dict, doctree: object) -> None:
    """Marks the title as escaped, so that templates that escape it themselves do not do so twice."""
    context["docstitle"] = escape(context["docstitle"])


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.connect("html-page-context", escape_title, priority=LAST)
