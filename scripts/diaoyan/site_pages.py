"""Pages of the site that are in no book, made from templates, with their style in themselves."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from diaoyan.content_policy import content_policy

STYLE = "site.css"


def site_page(template: str, *styles: str, **values: Any) -> str:
    """A page from a template of the package, ending in a newline; `styles` are style sheets beside that of the site."""
    environment = _environment()
    style = "".join(environment.get_template(name).render() + "\n" for name in (STYLE, *styles)).removesuffix("\n")
    page = environment.get_template(template).render(style=Markup(style), policy=content_policy(style), **values)
    return page.rstrip("\n") + "\n"


def site_fragment(template: str, **values: Any) -> str:
    """A part of a page from a template of the package."""
    return _environment().get_template(template).render(**values).strip()


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("diaoyan"), autoescape=True, undefined=StrictUndefined)
