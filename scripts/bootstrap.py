"""Sets up what the commands need: system packages, `.venv` and fonts. Standard library only."""

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections import namedtuple
from functools import partial
from pathlib import Path

from diaoyan.font_files import FANDOL_FILES, OWN_FONTS, find_font
from diaoyan.tex import PACKAGES as TEX_PACKAGES
from diaoyan.tex import missing_packages as missing_tex

# The lock was tried on this version only; see requires-python in pyproject.toml.
PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
SLURM_LOCK = ROOT / "requirements-slurm.lock"
# Where the build looks for what a cluster takes; see pyproject.toml.
SLURM_FOLDER = ENVIRONMENT / "slurm"
KERNEL = str(ROOT / "scripts" / "diaoyan" / "kernel" / "diaoyan")
# Python brings the one, the other is the project itself.
NOT_LOCKED = {"pip", "diaoyan"}

SystemPackage = namedtuple("SystemPackage", "name purpose is_present")


class CannotSetUp(Exception):
    """Something the user has to see to; its text is one line."""


def has_cjk_font():
    """Whether the one font that charts are drawn with, Noto Sans CJK, is installed."""
    return find_font("NotoSansCJK*") is not None


def has_chromium():
    """Whether the browser of the browser tests is installed."""
    return any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))


def has_daemon(name):
    """Whether a program of the system's administrators is installed."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))) is not None


def has_venv():
    """Whether this Python can make virtual environments (Debian packs that separately)."""
    return importlib.util.find_spec("ensurepip") is not None


def has_tex(package):
    """Whether a package of TeX is installed."""
    return package not in missing_tex()


VENV = SystemPackage("python3-venv", "virtual environments", has_venv)
FONT = SystemPackage("fonts-noto-cjk", "the font of the charts", has_cjk_font)
BROWSER = SystemPackage("chromium", "browser tests", has_chromium)
FONT_PACKAGE = "texlive-lang-chinese"
FOR_BUILD = (VENV, FONT)
FOR_TEST = (VENV, FONT, BROWSER)
# What all but the printed book does without.
FOR_PRINT = tuple(SystemPackage(tex.name, tex.purpose, partial(has_tex, tex)) for tex in TEX_PACKAGES)

# Who is not root could not start it.
FOR_SLURM = tuple(
    SystemPackage(name, "tests on a cluster of one machine", partial(has_daemon, program))
    for name, program in (
        ("slurmctld", "slurmctld"),
        ("slurmd", "slurmd"),
        ("slurm-client", "sbatch"),
        ("munge", "munged"),
    )
    if hasattr(os, "geteuid") and os.geteuid() == 0
)


def missing(packages):
    """The system packages that are not there."""
    return [package for package in packages if not package.is_present()]


def apt_command():
    """How apt-get may be run here, as a list; None where it may not."""
    if sys.platform != "linux" or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", "apt-get"]
    return None


def install_system_packages(packages):
    """Installs what is missing through apt where that is allowed, listing it first."""
    lacking = missing(packages)
    if not lacking:
        return
    listed = ", ".join(f"{package.name} ({package.purpose})" for package in lacking)
    apt = apt_command()
    if apt is None:
        raise CannotSetUp(f"missing: {listed}; install it and run this again")
    print(f"installing system packages: {listed}", flush=True)
    names = [package.name for package in lacking]
    quiet = {
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        "capture_output": True,
        "text": True,
    }
    # A fresh machine has no package lists; an old list may name files that are gone.
    subprocess.run([*apt, "update"], **quiet)
    done = subprocess.run([*apt, "install", "-y", "--no-install-recommends", *names], **quiet)
    if done.returncode:
        raise CannotSetUp(f"apt-get could not install {' '.join(names)}: {last_line(done)}")
    still = " ".join(package.name for package in missing(lacking))
    if still:
        raise CannotSetUp(f"installed by apt-get but not found afterwards: {still}")


def install_welcome_packages(packages):
    """Installs what can be done without; why it could not be is told, and stops nothing."""
    try:
        install_system_packages(packages)
    except CannotSetUp as reason:
        print(reason, file=sys.stderr)


def set_up_fandol():
    """Puts the fonts of the formal document into `.venv` where no package has them, without the TeX they come with."""
    if all(map(find_font, FANDOL_FILES)) or not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        # Where they can neither be found nor fetched, the build says so at its end, all else being made.
        return
    print(f"fetching fonts: {FONT_PACKAGE} (the formal document), unpacked into .venv", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        done = download(FONT_PACKAGE, folder)
        package = next(Path(folder).glob("*.deb"), None)
        if package is None:
            print(f"could not fetch {FONT_PACKAGE}: {last_line(done)}", file=sys.stderr)
            return
        unpack(package, FANDOL_FILES, OWN_FONTS / "fandol")


def download(name, folder):
    """Fetches a Debian package into a folder, which takes no rights; old lists are renewed where that is allowed."""
    command = ["apt-get", "download", name]
    quiet = {"cwd": folder, "capture_output": True, "text": True}
    done = subprocess.run(command, **quiet)
    apt = apt_command()
    if done.returncode and apt:
        subprocess.run([*apt, "update"], **quiet)
        done = subprocess.run(command, **quiet)
    return done


def unpack(package, names, folder):
    """Takes the files of these names out of a Debian package."""
    folder.mkdir(parents=True, exist_ok=True)
    reader = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE)
    with reader, tarfile.open(fileobj=reader.stdout, mode="r|") as members:
        for member in members:
            name = Path(member.name).name
            if name in names and member.isfile():
                partial = folder / f"{name}.partial"
                partial.write_bytes(members.extractfile(member).read())
                partial.replace(folder / name)


def find_python():
    """A Python of the version the lock was made for: the running one, or one on the path."""
    if sys.version_info[:2] == PYTHON:
        return sys.executable
    found = shutil.which("python{}.{}".format(*PYTHON))
    if found:
        return found
    raise CannotSetUp(
        "found Python {}.{}, expected Python {}.{}: run this with it, or put it on the path".format(
            *sys.version_info[:2], *PYTHON
        )
    )


def environment_python():
    """The Python inside `.venv`."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / "python.exe"
    return ENVIRONMENT / "bin" / "python"


def wanted_state():
    """What the environment is made from: a digest of the lock, the project file, this one and the place."""
    state = hashlib.sha256(str(ROOT).encode())
    for path in (LOCK, ROOT / "pyproject.toml", Path(__file__), *sorted(Path(KERNEL).iterdir())):
        state.update(path.read_bytes())
    return state.hexdigest()


def locked(name):
    """The lines of the lock that pin one package."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(name + "=="))
    end = next(
        (number for number in range(start + 1, len(lines)) if not lines[number].startswith(" ")),
        len(lines),
    )
    return "\n".join(lines[start:end]) + "\n"


def locked_names():
    """The names of all packages that the lock pins."""
    return set(re.findall(r"^([^\s=]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))


def installed():
    """The names of the packages that `.venv` holds, as a lock writes them."""
    # Of the folder itself: asked for by its own Python, others on the path would be among them.
    (folder,) = ENVIRONMENT.glob("Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages")
    names = (package.metadata["Name"] for package in importlib.metadata.distributions(path=[str(folder)]))
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def pip(*arguments):
    """Runs the environment's pip without its chatter."""
    in_environment("pip", "--disable-pip-version-check", "--quiet", *arguments, installs="the locked packages")


def in_environment(tool, *arguments, installs):
    """Runs a tool of the environment that installs something."""
    done = subprocess.run([str(environment_python()), "-m", tool, *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise CannotSetUp(f"{tool} could not install {installs}: {last_line(done)}")


def last_line(done):
    """The line of a failed command that says why: its last error, or the last it printed."""
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "e:"))]
    return (errors or lines or [f"exit code {done.returncode}"])[-1]


def set_up_environment():
    """Makes `.venv` hold what the lock says, and the project itself; nothing to do is quick."""
    stamp = ENVIRONMENT / "set-up.sha256"
    state = wanted_state()
    if stamp.is_file() and stamp.read_text() == state and environment_python().is_file():
        return
    # Without the stamp an interrupted installation is simply done again.
    stamp.unlink(missing_ok=True)
    if not environment_python().is_file() or not works(environment_python()):
        print("making .venv", flush=True)
        command = [find_python(), "-m", "venv", "--clear", str(ENVIRONMENT)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise CannotSetUp(f"could not make .venv: {last_line(done)}")
    count = LOCK.read_text(encoding="utf-8").count("==")
    print(f"installing up to {count} locked packages (a minute or two)", flush=True)
    # A few packages come as source; they are built with the locked setuptools, which goes in first.
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.txt"
        first.write_text(locked("setuptools"), encoding="utf-8")
        pip("install", "--require-hashes", "-r", str(first))
    built_here = ("--no-build-isolation", "--use-pep517")
    pip("install", "--require-hashes", *built_here, "-r", str(LOCK))
    # An older lock may have named others, on which something would come to rest unseen.
    if others := sorted(installed() - locked_names() - NOT_LOCKED):
        pip("uninstall", "--yes", *others)
    print("installing diaoyan", flush=True)
    pip("install", "--no-deps", *built_here, "-e", ".")
    in_environment("jupyter", "kernelspec", "install", "--sys-prefix", KERNEL, installs="the kernelspec")
    stamp.write_text(state)


def set_up_slurm():
    """Makes `.venv/slurm` hold what builds on a cluster take."""
    stamp = SLURM_FOLDER / "set-up.sha256"
    state = hashlib.sha256(SLURM_LOCK.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == state:
        return
    shutil.rmtree(SLURM_FOLDER, ignore_errors=True)
    pip("install", "--no-deps", "--require-hashes", "--target", str(SLURM_FOLDER), "-r", str(SLURM_LOCK))
    stamp.write_text(state)


def works(python):
    """Whether an environment's Python runs, is of the right version and has pip."""
    probe = f"import sys, pip; sys.exit(sys.version_info[:2] != {PYTHON})"
    return subprocess.run([str(python), "-c", probe], capture_output=True).returncode == 0


def set_up(packages, *welcome, on_slurm=False):
    """Sets up packages and `.venv`; gives its Python, or None after saying what is missing.

    Groups of `welcome` packages are installed where that is allowed; where it is not, whatever wants them says so
    itself.
    """
    try:
        find_python()
        install_system_packages(packages)
        for group in welcome:
            if missing(group) and apt_command():
                install_welcome_packages(group)
        set_up_environment()
        if on_slurm:
            set_up_slurm()
        set_up_fandol()
    except CannotSetUp as reason:
        print(reason, file=sys.stderr)
        return None
    except KeyboardInterrupt:
        print("stopped while setting up; run it again to go on", file=sys.stderr)
        return None
    return str(environment_python())


def run(command):
    """Runs a command from the root and gives its exit code; Ctrl-C is the command's business."""
    process = subprocess.Popen(command, cwd=ROOT)
    # Whoever ends this process means the command.
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
