"""A build that is killed at any moment leaves the old site or the new one, and nothing that the next has to mind.

DIAOYAN_KILLS says how many builds are killed, DIAOYAN_KILL_SEED when and who; `pytest -s` shows each of them.
"""

import os
import sys

import pytest
from killed_builds import KilledBuilds

KILLS = int(os.environ.get("DIAOYAN_KILLS", "3"))
SEED = int(os.environ.get("DIAOYAN_KILL_SEED", "8"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a killed build leaves processes to whoever killed it")
def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one_and_the_next_build_is_right(tree):
    builds = KilledBuilds(tree, SEED)
    print(f"\nseed {SEED}; a build takes {builds.usual_seconds:.1f} s")
    print("after s | killed | exit code | site left | next build, s | what was said last")
    killed = []
    while len(killed) < KILLS:
        if done := builds.round():
            killed.append(done)
            print(f"{len(killed):3} | {done}", flush=True)
    assert all(done.code for done in killed if done.victim in ("diaoyan.build", "the build's group"))
