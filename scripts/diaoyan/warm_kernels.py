"""Kernels that start warm: a provisioner for jupyter_client that forks them from a zygote.

The kernelspec `diaoyan` names it, so that whatever takes a kernel by name can use it: papermill, nbval, JupyterLab.
Where no process can be forked the kernel is started as any other.
"""

import asyncio
import math
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import IO, Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from diaoyan.forks import ADDRESS, Fork, NoZygote, fork, is_possible
from diaoyan.loaded_ahead import LONE_KERNEL_MODULES
from diaoyan.zygote_lease import own_zygote

KERNEL_NAME = "diaoyan"
KERNEL_MODULE = "ipykernel_launcher"
# A kernel that is nobody's says so; one that looks after its parent would see that it is a fork's.
HAS_A_PARENT = "--IPKernelApp.parent_handle=1"
# Between two looks at a kernel that starts or has been killed.
REST_SECONDS = 0.005
# What a kernel gets for an answer, and for an output once it has answered, before it is asked again.
ANSWER_SECONDS, OUTPUT_SECONDS = 1, 0.02
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
        await self._until_reachable()
        return self.connection_info

    async def _until_reachable(self) -> None:
        """Waits for the kernel to listen: a client that finds nobody there tries again a tenth of a second later."""
        if self.connection_info["transport"] != "tcp":
            return
        address = (self.connection_info["ip"], self.connection_info["shell_port"])
        until = time.monotonic() + ANSWER_SECONDS
        while await self.poll() is None and time.monotonic() < until:
            with suppress(OSError), socket.create_connection(address):
                return
            await asyncio.sleep(REST_SECONDS)

    async def kill(self, restart: bool = False) -> None:
        """Ends the kernel; a fork is gone at once, and nobody has to look again a tenth of a second later."""
        await super().kill(restart)
        while isinstance(self.process, Fork) and await self.poll() is None:
            await asyncio.sleep(REST_SECONDS)


def _forked(command: list[str], settings: dict[str, Any]) -> Fork:
    """The kernel of a command as a fork; raises NoZygote where it cannot be one."""
    python, *rest = command
    if not is_possible() or python != sys.executable or rest[:2] != ["-m", KERNEL_MODULE]:
        raise NoZygote("not a kernel that can be forked")
    address = _address()
    environment = settings.get("env") or os.environ
    with Path(os.devnull).open("r+b") as nothing:
        streams = [_stream(settings.get(name), number, nothing) for number, name in enumerate(REDIRECTIONS)]
        arguments = [*rest[2:], HAS_A_PARENT]
        return fork(address, KERNEL_MODULE, arguments, settings.get("cwd"), environment, streams)


def start_ahead() -> None:
    """Starts what the kernels of this process will be forked from, which loads while other things go on."""
    if is_possible():
        with suppress(NoZygote):
            _address()


def _address() -> str:
    """Where kernels are forked: by the build that this process belongs to, or for this process alone."""
    return os.environ.get(ADDRESS) or own_zygote(LONE_KERNEL_MODULES)


def _stream(redirected: IO | int | None, number: int, nothing: IO) -> int:
    """The descriptor of a standard stream as `subprocess` would have it; raises NoZygote for a pipe."""
    if redirected is None and number:
        return number
    # A kernel reads nothing from its standard input.
    if redirected in (None, subprocess.DEVNULL):
        return nothing.fileno()
    descriptor = redirected if isinstance(redirected, int) else redirected.fileno()
    if descriptor < 0:
        raise NoZygote("a pipe to a kernel")
    return descriptor


class PromptClient(AsyncKernelClient):
    """A client that goes on as soon as the kernel answers; the ordinary one then listens 0.2 s for nothing."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Waits for an answer and an output; raises RuntimeError for a kernel that has died, or answers too late."""
        until = time.monotonic() + (timeout or math.inf)
        while time.monotonic() < until:
            self.kernel_info()
            with suppress(Empty):
                await self.shell_channel.get_msg(timeout=ANSWER_SECONDS)
                await self.iopub_channel.get_msg(timeout=OUTPUT_SECONDS)
                return
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it answered")
        raise RuntimeError(f"the kernel did not answer within {timeout} s")


class PromptManager(AsyncKernelManager):
    """A manager of kernels with such clients."""

    client_factory = PromptClient


def kernel_name() -> str:
    """The kernel to take by name: the warm one where its kernelspec is installed, else Python's ordinary one."""
    return KERNEL_NAME if KERNEL_NAME in KernelSpecManager().find_kernel_specs() else NATIVE_KERNEL_NAME
