"""Builds that are killed in their midst, what they leave, and what the next build makes of it."""

import os
import random
import signal
import time
from contextlib import suppress
from dataclasses import dataclass

import psutil
from processes import SOON_SECONDS, commands_in, wait_until

# The build by itself, all that a terminal would end with it, one of its processes by chance, or all of them.
VICTIMS = ("build", "group", "one", "all")
# The figure that makes the old site and that which makes the new one.
FIGURES = ("1001", "1002")
ENDED = "no longer running"
# Few rounds are to meet a build at its beginning, in its midst and near its end.
PARTS = 3


@dataclass(frozen=True)
class Round:
    """One killed build: when and who, how the build ended, which site it left, and how long the next one took."""

    seconds: float
    victim: str
    code: int
    last_line: str
    site: str
    seconds_of_next: float

    def __str__(self):
        cells = (
            f"{self.seconds:5.2f}",
            f"{self.victim:<28}",
            f"{self.code:4}",
            f"{self.site:<3}",
            f"{self.seconds_of_next:5.1f}",
        )
        return " | ".join((*cells, self.last_line))


class KilledBuilds:
    """Builds of a small project whose one figure changes from round to round."""

    def __init__(self, tree, seed):
        self._tree = tree
        self._chance = random.Random(seed)
        self._sites = {}
        self._rounds = 0
        for figure in FIGURES:
            self.now = figure
            started = time.monotonic()
            self._build_undisturbed()
            # The last of them is like those to be killed: only the figure has changed.
            self.usual_seconds = time.monotonic() - started
        assert self._sites[FIGURES[0]] != self._sites[FIGURES[1]]

    def round(self):
        """Kills one build and has another put things right; nothing where it was too late to kill it."""
        old = self.now
        (self.now,) = set(FIGURES) - {old}
        self._tree.set_figure(self.now)
        after = self.usual_seconds * (self._rounds % PARTS + self._chance.random()) / PARTS
        self._rounds += 1
        kind = self._chance.choice(VICTIMS)
        started = time.monotonic()
        process = self._start()
        while time.monotonic() - started < after:
            time.sleep(0.005)
        victim = self._kill(process, kind)
        seconds = time.monotonic() - started
        code, output, errors = self._tree.finish(process)
        wait_until(lambda: not commands_in(self._tree.root), SOON_SECONDS)
        found = self._tree.site()
        names = {"old": self._sites[old], "new": self._sites[self.now]}
        left = [name for name, site in names.items() if site == found]
        assert left, f"killed {victim} after {seconds:.3f} s: {self._differences(names['new'])}"
        assert "Traceback" not in "".join(errors)
        # Who says that all is well has made the new site; who does not gives a reason, unless it was killed itself.
        assert left == ["new"] if code == 0 else code == -signal.SIGKILL or errors, (code, left, errors)
        started = time.monotonic()
        self._build_undisturbed()
        if victim == ENDED:
            return None
        line = [*output, *errors, ""][-1 if errors else max(len(output) - 1, 0)]
        return Round(seconds, victim, code, line, left[0], time.monotonic() - started)

    def _start(self):
        return self._tree.start("--lang", "zh", "--cores", "2")

    def _build_undisturbed(self):
        """Builds with the present figure; the site is the same as it was of this figure before."""
        self._tree.set_figure(self.now)
        code, _, errors = self._tree.finish(self._start())
        assert (code, errors) == (0, [])
        found = self._tree.site()
        wanted = self._sites.setdefault(self.now, found)
        assert found == wanted, self._differences(wanted)

    def _differences(self, wanted):
        found = self._tree.site()
        return sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))

    def _kill(self, process, kind):
        """Kills; says whom."""
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            build = psutil.Process(process.pid)
            family = [build, *sorted(build.children(recursive=True), key=lambda each: each.pid)]
            if process.poll() is not None:
                return ENDED
            if kind == "group":
                os.killpg(process.pid, signal.SIGKILL)
                return "the build's group"
            chosen = {"build": family[:1], "all": family, "one": [self._chance.choice(family)]}[kind]
            name = f"all {len(family)} of it" if kind == "all" else self._name(chosen[0])
            for each in chosen:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            return name
        return ENDED

    @staticmethod
    def _name(process):
        """What a process runs, in a few words."""
        with suppress(psutil.Error):
            command = process.cmdline()
            module = next((part for part in command if part.startswith("diaoyan.")), process.name())
            fork = "" if process.pid == os.getpgid(process.pid) else " (child)"
            return f"{module}{fork}"
        return "one that just ended"
