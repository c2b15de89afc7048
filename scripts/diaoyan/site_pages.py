"""Pages of the site that are in no book, made from templates, with their style in themselves."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from diaoyan.content_policy import content_policy

STYLE = "site.css"


def site_page(template: str, **values: Any) -> str:
    """A page from a template of the package, ending in a newline."""
    environment = _environment()
    style = environment.get_template(STYLE).render()
    page = environment.get_template(template).render(style=Markup(style), policy=content_policy(style), **values)
    return page.rstrip("\n") + "\n"


def site_fragment(template: str, **values: Any) -> str:
    """A part of a page from a template of the package."""
    return _environment().get_template(template).render(**values).strip()


def _environment() -> Environment:
    return Environment(loader=PackageLoader("diaoyan"), autoescape=True, undefined=StrictUndefined)
