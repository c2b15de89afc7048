"""What is built from what.

A step is made again when the digest of the files it is made from, one of its parameters, has changed: a mere touch does
nothing, and a file put in place may be older than what it replaces. Only what other steps make is among its inputs.
"""

import shlex
import sys
from importlib.metadata import version

from diaoyan.catalogue import languages
from diaoyan.edition import PARTS
from diaoyan.edition_folders import edition_ids
from diaoyan.fonts import found_files
from diaoyan.inputs import audit_inputs, book_inputs, chapter_inputs, chapters_of, compared_inputs, digest
from diaoyan.inputs import official_inputs, particulars_of, print_inputs, site_inputs, source_digest, workbook_inputs
from diaoyan.manifest import parts_digest
from diaoyan.paths import DATA
from diaoyan.products import PRODUCTS, published_languages
from diaoyan.slurm import is_cold_step
from diaoyan.tex import found_packages

EDITIONS = config.get("editions") or edition_ids()
LANGUAGES = config.get("languages") or languages(DATA)
WANTED = list(config.get("products") or PRODUCTS)
JOB = f"{shlex.quote(sys.executable)} -m diaoyan.job"
# On a cluster a book is made by one job, since a chapter alone takes less time than its submission.
BOOK = "{edition}_{lang}"
BOOK_RESOURCES = {"mem_mb": 2000, "runtime": 10}

if is_cold_step():
    # Nowhere else is this much to be loaded.
    from diaoyan.warm_jobs import keep_jobs_warm

    keep_jobs_warm()


# What jobs need that are not there for all editions is found out when it is asked for: on a cluster every job reads this
# file anew for its own edition.
def executed(of):
    """The executed chapters of a book."""
    return expand("_build/executed/{edition}/{lang}/{chapter}.ipynb", **of, chapter=chapters_of(particulars_of(of.edition)))


def wanted_files(_):
    """The files that tell of what was wanted; a book without the three parts has no formal document."""
    found = []
    for edition in EDITIONS:
        has_parts = set(PARTS) <= set(chapters_of(particulars_of(edition)))
        for name in WANTED if has_parts else set(WANTED) - {"official"}:
            found += expand(PRODUCTS[name], edition=edition, lang=LANGUAGES)
    return sorted(found)


wildcard_constraints:
    lang="[a-z]+",
    chapter="[a-z_-]+",


localrules:
    site,
    vega,


rule site:
    input:
        wanted_files,
    output:
        "_build/published.txt",
    params:
        content=lambda _: digest([*site_inputs(), *compared_inputs(EDITIONS, LANGUAGES)]),
        # What the site says of its making; a commit changes it as well.
        parts=lambda _: parts_digest(EDITIONS, LANGUAGES, WANTED),
        products=WANTED,
        books=expand("{edition}/{lang}", edition=EDITIONS, lang=LANGUAGES),
    shell:
        "{JOB} diaoyan.site {output} {params.books} --products {params.products}"


rule book:
    input:
        executed,
        # What its pages lead to.
        "_build/audits/{edition}/{lang}/audit.json",
        "_build/workbooks/{edition}/{lang}/data.xlsx",
        # Made before two of them would make it at once.
        "_build/vega/vega.js",
    output:
        "_build/books/{edition}/{lang}/built.txt",
    params:
        content=lambda of: digest(book_inputs(of.edition, of.lang)),
        # The languages its pages lead to: those made now and those published before.
        siblings=lambda of: sorted({*LANGUAGES, *published_languages(of.edition)}),
    group:
        BOOK
    resources:
        **BOOK_RESOURCES,
    shell:
        "{JOB} diaoyan.book {wildcards.edition} {wildcards.lang} {output} --siblings {params.siblings}"


# A book that cannot be printed is an outcome too: everything else comes out, the build tells at its end.
rule report_pdf:
    input:
        executed,
    output:
        "_build/print/{edition}/{lang}/printed.txt",
    params:
        content=lambda of: digest(print_inputs(of.edition, of.lang)),
        # What was missing may have been installed since.
        packages=found_packages() if "pdf" in WANTED else [],
    group:
        BOOK
    resources:
        **BOOK_RESOURCES,
    shell:
        "{JOB} diaoyan.print_book {wildcards.edition} {wildcards.lang} {output}"


rule official:
    input:
        expand("_build/executed/{{edition}}/{{lang}}/{part}.ipynb", part=PARTS),
    output:
        "_build/official/{edition}/{lang}/record.txt",
    params:
        content=lambda of: digest(official_inputs(of.edition, of.lang)),
        # Fonts that were missing may have been installed since.
        fonts=found_files(),
    group:
        BOOK
    resources:
        **BOOK_RESOURCES,
    shell:
        "{JOB} diaoyan.official {wildcards.edition} {wildcards.lang} {output}"


rule vega:
    output:
        "_build/vega/vega.js",
    params:
        version=version("vl-convert-python"),
    # What all books wait for comes first.
    priority: 1
    shell:
        "{JOB} diaoyan.vega {output}"


rule audit:
    output:
        "_build/audits/{edition}/{lang}/audit.json",
    params:
        content=lambda of: digest(audit_inputs(of.edition, of.lang)),
    group:
        BOOK
    resources:
        **BOOK_RESOURCES,
    shell:
        "{JOB} diaoyan.cli audit {wildcards.edition} --lang {wildcards.lang} --json --output {output}"


rule workbook:
    output:
        "_build/workbooks/{edition}/{lang}/data.xlsx",
    params:
        content=lambda of: digest(workbook_inputs(of.edition, of.lang)),
    group:
        BOOK
    resources:
        **BOOK_RESOURCES,
    shell:
        "{JOB} diaoyan.data_workbook {wildcards.edition} {wildcards.lang} {output}"


rule execute:
    output:
        "_build/executed/{edition}/{lang}/{chapter}.ipynb",
    params:
        # Refreshing the outputs stored in a chapter changes its file, not what it says to do.
        chapter=lambda of: source_digest(of.chapter),
        content=lambda of: digest(chapter_inputs(of.edition, of.lang, of.chapter)),
    group:
        BOOK
    resources:
        **BOOK_RESOURCES,
    shell:
        "{JOB} diaoyan.execute {wildcards.chapter} {wildcards.edition} {wildcards.lang} {output}"
