"""The templates of pages compiled once for all books, and anew whenever they change."""

from contextlib import suppress
from pathlib import Path

import jinja2
import sphinx
from jinja2.bccache import Bucket
from sphinx.application import Sphinx

from diaoyan import stock


class TemplateCache(jinja2.FileSystemBytecodeCache):
    """Compiled templates in stock; where they cannot be kept, they are compiled each time."""

    def __init__(self):
        # They depend on the compiler, and on the functions that Sphinx lends them.
        super().__init__(str(stock.FOLDER / f"templates-{jinja2.__version__}-{sphinx.__version__}"))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket, if the template was kept."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a template, if it can be."""
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def keep_templates(app: Sphinx) -> None:
    """Has the builder of pages take its templates from there."""
    if app.builder.format == "html":
        app.builder.templates.environment.bytecode_cache = TemplateCache()
