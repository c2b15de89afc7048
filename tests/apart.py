"""Runs a command without a network, on a machine of another name: `python apart.py COMMAND…` within `APART`."""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys

HOST = "made-up-host-of-a-test"
# Namespaces of Linux, which on some machines only root may make; `--map-root-user` lets others do so too where allowed.
NAMESPACES = ("unshare", "--map-root-user", "--net", "--uts")
APART = (*NAMESPACES, sys.executable, __file__)
# From <linux/sockios.h> and <linux/if.h>: the flags of a network interface, and that by which it is up.
SIOCGIFFLAGS, SIOCSIFFLAGS = 0x8913, 0x8914
IFF_UP = 1


def is_possible():
    """Whether this machine lets a test have namespaces."""
    return bool(shutil.which("unshare")) and subprocess.run([*NAMESPACES, "true"], capture_output=True).returncode == 0


def main():
    """Gives the machine another name, lets it speak to itself, and becomes the command."""
    socket.sethostname(HOST)
    with socket.socket() as some:
        (flags,) = struct.unpack("16xh14x", fcntl.ioctl(some, SIOCGIFFLAGS, struct.pack("16s16x", b"lo")))
        fcntl.ioctl(some, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
