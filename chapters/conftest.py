"""Starts warm kernels early; says what to do when a chapter no longer shows what its tables and texts give."""

from diaoyan.warm_kernels import KERNEL_NAME, start_ahead


def pytest_configure(config):
    """While pytest collects, what kernels are forked from is loaded; the process that leads others runs no tests."""
    leads_others = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if config.getoption("nbval_kernel_name", None) == KERNEL_NAME and not leads_others:
        start_ahead()


def pytest_terminal_summary(terminalreporter):
    """Names the command after the failures of the chapters."""
    failed = terminalreporter.stats.get("failed", []) + terminalreporter.stats.get("error", [])
    stale = sorted({report.nodeid.split("::")[0] for report in failed if report.nodeid.startswith("chapters/")})
    if stale:
        terminalreporter.write_line(f"not as stored: {', '.join(stale)}")
        terminalreporter.write_line("when the change is meant: diaoyan refresh")
