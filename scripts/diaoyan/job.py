"""A job of a build: `python -m diaoyan.job MODULE ARGUMENT...` runs the module, forked where the build has a zygote.

What is imported here every job of a build has to wait for.
"""

import os
import runpy
import sys

from diaoyan.forks import ADDRESS, NoZygote, fork


def main() -> int:
    """The exit code of the module; one that a signal has ended counts as a shell counts it."""
    module, *arguments = sys.argv[1:]
    if address := os.environ.get(ADDRESS):
        try:
            code = fork(address, module, arguments).wait()
        except NoZygote as reason:
            # For the log: slower, not wrong.
            print(f"not forked\t{module}\t{reason}", flush=True)
        else:
            return code if code >= 0 else 128 - code
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
