"""What is found out when first used, found out once for all that is forked from whoever imports this."""

from contextlib import suppress

import nbformat
from jupyter_client import localinterfaces
from jupyter_client.provisioning import KernelProvisionerFactory
from nbformat.v4 import new_notebook

from diaoyan.catalogue import languages, load_catalogue
from diaoyan.faults import Faults
from diaoyan.paths import DATA
from diaoyan.schema import read_schema
from diaoyan.table_checks import cell_readers

# What the words and the shapes of tables are, kept by their content; of a fault tells whoever needs what has it.
with suppress(Faults):
    for language in languages(DATA):
        load_catalogue(DATA, language)
with suppress(Faults):
    for shape in read_schema(DATA).values():
        cell_readers(shape["fields"])
# A validator, compiled from the format's schema.
nbformat.validate(new_notebook())
# The addresses of this machine.
localinterfaces.local_ips()
# The provisioners that are installed.
KernelProvisionerFactory.instance()
