"""Kernels that start warm: a provisioner for jupyter_client that forks them from a zygote.

The kernelspec `diaoyan` names it, so that whatever takes a kernel by name can use it: papermill, nbval, JupyterLab.
Where no process can be forked the kernel is started as any other.
"""

import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_client.provisioning import LocalProvisioner

from diaoyan.forks import ADDRESS, Fork, NoZygote, fork, is_possible, own_zygote

KERNEL_NAME = "diaoyan"
KERNEL_MODULE = "ipykernel_launcher"
# What a kernel loads as it starts, and what the chapters load.
KERNEL_MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "pandas",
    "altair",
    "frictionless.formats",
    "frictionless.portals",
    "frictionless.schemes",
    "diaoyan.report",
)
REDIRECTIONS = ("stdin", "stdout", "stderr")


class WarmProvisioner(LocalProvisioner):
    """Starts kernels as forks; signals, waits and ends as for any local kernel."""

    async def launch_kernel(self, cmd: list[str], **settings: Any) -> KernelConnectionInfo:
        """Starts the kernel, in the ordinary way where it cannot be forked."""
        try:
            self.process = _forked(cmd, settings)
        except NoZygote:
            return await super().launch_kernel(cmd, **settings)
        # A fork has a session, and so a process group, of its own.
        self.pid = self.pgid = self.process.pid
        self.cwd = settings.get("cwd", Path.cwd())
        return self.connection_info


def _forked(command: list[str], settings: dict[str, Any]) -> Fork:
    """The kernel of a command as a fork; raises NoZygote where it cannot be one."""
    python, *rest = command
    is_redirected = any(settings.get(name) is not None for name in REDIRECTIONS)
    if not is_possible() or is_redirected or python != sys.executable or rest[:2] != ["-m", KERNEL_MODULE]:
        raise NoZygote("not a kernel that can be forked")
    address = os.environ.get(ADDRESS) or own_zygote(KERNEL_MODULES)
    environment = settings.get("env") or os.environ
    with Path(os.devnull).open("rb") as nothing:
        return fork(address, KERNEL_MODULE, rest[2:], settings.get("cwd"), environment, (nothing.fileno(), 1, 2))


def kernel_name() -> str:
    """The kernel to take by name: the warm one where its kernelspec is installed, else Python's ordinary one."""
    return KERNEL_NAME if KERNEL_NAME in KernelSpecManager().find_kernel_specs() else NATIVE_KERNEL_NAME
