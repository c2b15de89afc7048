"""What is found out when first used, found out once for all that is forked from whoever imports this."""

from contextlib import suppress

from diaoyan.catalogue import languages, load_catalogue
from diaoyan.paths import DATA
from diaoyan.schema import read_schema
from diaoyan.table_checks import cell_readers

# What the words and the shapes of tables say, kept by their content. Whatever is wrong with one of them is told by
# whoever needs it.
with suppress(Exception):
    for language in languages(DATA):
        with suppress(Exception):
            load_catalogue(DATA, language)
with suppress(Exception):
    for shape in read_schema(DATA).values():
        with suppress(Exception):
            cell_readers(shape["fields"])
