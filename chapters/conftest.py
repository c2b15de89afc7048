"""Says what to do when a committed chapter no longer shows what its tables and texts give."""


def pytest_terminal_summary(terminalreporter):
    """Names the command after the failures of the chapters."""
    failed = terminalreporter.stats.get("failed", []) + terminalreporter.stats.get("error", [])
    stale = sorted({report.nodeid.split("::")[0] for report in failed if report.nodeid.startswith("chapters/")})
    if stale:
        terminalreporter.write_line(f"not as stored: {', '.join(stale)}")
        terminalreporter.write_line("when the change is meant: diaoyan refresh")
