"""A Slurm of one machine, for tests: `python tests/one_machine_slurm.py FOLDER` keeps one up until it is to end.

Debian's slurmctld, slurmd, slurm-client and munge, started by root below a folder of its own, without systemd, and
ended whole. It is no part of the cluster that a machine may belong to.
"""

import getpass
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "srun", "scontrol")
PATIENCE_SECONDS = 20
# What Debian runs daemons from may not be on the path of a user.
SEARCHED = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
CONFIGURATION = """
ClusterName=diaoyan
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
# A job whose node was killed is kept waiting until its old credentials have expired.
AuthInfo=socket={folder}/munge.socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
# By parents, as the other one that needs no rights goes, it would lose what outlives its parent.
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
# By default Slurm is in no hurry: seconds until a job is looked at, or its end believed.
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=2
KillWait=2
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={cores} RealMemory=8000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def lacking():
    """The programs of Slurm that are not installed, and the rights to start them."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [program for program in PROGRAMS if not shutil.which(program, path=SEARCHED)] + ["rights"] * (not is_root)


class Slurm:
    """Controller and node of a cluster; processes that it started, and no other, are ended by it."""

    def __init__(self, folder):
        self.folder = folder
        self._daemons = {}
        # A node finds its own name among those of the configuration.
        self._host = socket.gethostname().partition(".")[0]

    def start(self):
        """Starts all there is and waits for the node to be ready."""
        for name in ("state", "spool", "bin"):
            (self.folder / name).mkdir(parents=True)
        key = self.folder / "munge.key"
        key.write_bytes(secrets.token_bytes(128))
        key.chmod(0o400)
        controller_port, node_port = free_ports(2)
        settings = {"host": self._host, "user": getpass.getuser(), "folder": self.folder, "cores": os.cpu_count()}
        ports = {"controller_port": controller_port, "node_port": node_port}
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(**settings, **ports))
        # Snakemake's executor takes what is called SLURM_… from the environment of srun, the configuration too.
        srun = self.folder / "bin" / "srun"
        configured = f"SLURM_CONF={self.folder}/slurm.conf exec {shutil.which('srun')}"
        srun.write_text(f'#!/bin/sh\n{configured} "$@"\n')
        srun.chmod(0o755)
        files = {"socket": "socket", "pid-file": "pid", "log-file": "log", "seed-file": "seed"}
        places = [f"--{option}={self.folder}/munge.{suffix}" for option, suffix in files.items()]
        # It would refuse folders that others may write to, such as /tmp.
        self._run("munged", "--force", "--foreground", f"--key-file={key}", *places)
        self._until(lambda: (self.folder / "munge.socket").exists(), "munged")
        self._run("slurmctld", "-D", "-f", f"{self.folder}/slurm.conf")
        self.start_node()

    def start_node(self):
        """Starts the node and waits for it to be ready for jobs."""
        self._run("slurmd", "-D", "-f", f"{self.folder}/slurm.conf")
        self._until(lambda: self.says("sinfo", "--noheader", "--format=%T").strip() in ("idle", "mixed"), "the node")

    def kill_node(self):
        """Kills the node and all that its jobs have started, as a cut of its power would, and tells the controller.

        It would find out by itself, within minutes.
        """
        self._end_node()
        self.says("scontrol", "update", f"NodeName={self._host}", "State=DOWN", "Reason=killed")

    def _end_node(self):
        own = [self._daemons.pop("slurmd"), *self.processes()]
        for process in own:
            with suppress(psutil.NoSuchProcess, ProcessLookupError):
                process.kill()
        own[0].wait()

    def processes(self):
        """The processes of all jobs, after those of Slurm that look after them."""
        listed = [self.says("scontrol", "listpids", job).splitlines()[1:] for job in self.jobs()]
        # A step that is about to end has a line without a process.
        pids = {pid for lines in listed for line in lines if (pid := int(line.split()[0])) > 0}
        found = []
        for pid in pids:
            with suppress(psutil.NoSuchProcess):
                process = psutil.Process(pid)
                found += [process, *process.children(recursive=True)]
                if (keeper := process.parent()) and "slurmstepd" in "".join(keeper.cmdline()):
                    found.insert(0, keeper)
        return list(dict.fromkeys(found))

    def jobs(self, *states):
        """The numbers of the jobs in some states, or of those that have not ended."""
        wanted = ",".join(states) or "pending,running,completing"
        return self.says("squeue", "--noheader", "--format=%i", f"--states={wanted}").split()

    def says(self, *command):
        """What a command of Slurm says on its standard output."""
        environment = {**os.environ, **self.environment()}
        return subprocess.run(command, env=environment, capture_output=True, text=True).stdout

    def environment(self):
        """What is to be in the environment of a process that uses this Slurm."""
        return {"PATH": f"{self.folder}/bin{os.pathsep}{SEARCHED}", "SLURM_CONF": f"{self.folder}/slurm.conf"}

    def stop(self):
        """Ends all there is."""
        if "slurmd" in self._daemons:
            self._end_node()
        for daemon in reversed(self._daemons.values()):
            daemon.terminate()
            with suppress(subprocess.TimeoutExpired):
                daemon.wait(PATIENCE_SECONDS)
            daemon.kill()
            daemon.wait()

    def _run(self, program, *arguments):
        command = [shutil.which(program, path=SEARCHED), *arguments]
        with (self.folder / f"{program}.said").open("ab") as said:
            self._daemons[program] = subprocess.Popen(
                command, env={**os.environ, **self.environment()}, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )

    def _until(self, is_ready, name):
        limit = time.monotonic() + PATIENCE_SECONDS
        while not is_ready():
            if time.monotonic() > limit:
                raise TimeoutError(f"{name}: waited for {PATIENCE_SECONDS} s; see {self.folder}/*.said")
            time.sleep(0.1)


def free_ports(count):
    """Ports of this machine that nobody listens on."""
    with ExitStack() as at_end:
        sockets = [at_end.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextmanager
def one_machine_slurm(folder):
    """A running Slurm; at its end no process of it is left."""
    slurm = Slurm(folder)
    try:
        slurm.start()
        yield slurm
    finally:
        slurm.stop()


if __name__ == "__main__":
    for asked in (signal.SIGTERM, signal.SIGINT):
        # Being asked to end is no different from Ctrl-C, which a shell's background jobs start with ignored.
        signal.signal(asked, signal.default_int_handler)
    with one_machine_slurm(Path(sys.argv[1]).absolute()) as running, suppress(KeyboardInterrupt):
        print(f"export SLURM_CONF={running.folder}/slurm.conf PATH={running.folder}/bin:$PATH", flush=True)
        signal.pause()
