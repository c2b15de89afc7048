"""What those who start kernels find out when first used, found out once for all that is forked from here."""

import nbformat
from jupyter_client import localinterfaces
from jupyter_client.provisioning import KernelProvisionerFactory
from nbformat.v4 import new_notebook

# A validator, compiled from the format's schema.
nbformat.validate(new_notebook())
# The addresses of this machine.
localinterfaces.local_ips()
# The provisioners that are installed.
KernelProvisionerFactory.instance()
