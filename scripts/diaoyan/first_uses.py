"""What libraries find out when first used, found out once for all that is forked from whoever imports this."""

import nbformat
from frictionless import Schema
from jupyter_client import localinterfaces
from jupyter_client.provisioning import KernelProvisionerFactory
from nbformat.v4 import new_notebook

# The plugins there are; by name of type, what reads a cell.
Schema.from_descriptor({"fields": [{"name": name, "type": name} for name in ("string", "number", "integer")]})
# A validator, compiled from the format's schema.
nbformat.validate(new_notebook())
# The addresses of this machine.
localinterfaces.local_ips()
# The provisioners that are installed.
KernelProvisionerFactory.instance()
