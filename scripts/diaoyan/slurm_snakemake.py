"""Snakemake as it builds on a cluster: `python -m diaoyan.slurm_snakemake ARGUMENT...`.

Of a job that stands for several rules Snakemake says only that it failed; why, which Slurm has told it, is told here.
And it would ask ever more seldom how jobs are, in the end every three minutes; a book takes less than one.
"""

import os
import sys
from typing import Any

from snakemake.cli import main
from snakemake.jobs import GroupJob
from snakemake_executor_plugin_slurm import Executor

from diaoyan.forks import end_with
from diaoyan.job_lines import tell_lost
from diaoyan.slurm import reason

says_of_every_rule = GroupJob.log_error


def says_why(job: GroupJob, msg: str | None = None, **details: Any) -> None:
    """Tells the build why a job failed, then the log what Snakemake says."""
    tell_lost(job.groupid.replace("_", " "), reason(msg or ""))
    says_of_every_rule(job, msg, **details)


def seconds_between_questions(executor: Executor) -> int:
    """How long to wait before Slurm is asked again how the jobs are."""
    return executor.workflow.executor_settings.init_seconds_before_status_checks


if __name__ == "__main__":
    # A build that is killed must leave nothing that submits jobs, or holds its lock.
    end_with(os.getppid())
    GroupJob.log_error = says_why
    # What cannot be submitted is told by the name of its rule; without one the executor would wait for it for ever.
    GroupJob.rule = property(lambda job: job)
    Executor.next_seconds_between_status_checks = property(seconds_between_questions, lambda executor, seconds: None)
    sys.exit(main())
