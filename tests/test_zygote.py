"""Processes forked from one that has everything loaded: as good as new ones, and gone with whoever wanted them."""

import os
import resource
import signal
import socket
import subprocess
import sys
import textwrap
import time
from importlib.metadata import version
from pathlib import Path

import pytest
from processes import SOON_SECONDS, children_of, ends_soon, is_running

from diaoyan import painter
from diaoyan.forks import ADDRESS, Fork, NoZygote, Request, fork, is_possible
from diaoyan.module_runs import run
from diaoyan.warm_jobs import warm_jobs
from diaoyan.zygote import MOST_WAITING
from diaoyan.zygote_lease import zygote

pytestmark = pytest.mark.skipif(not is_possible(), reason="forks are for Linux")


@pytest.fixture
def programs(tmp_path):
    """Writes modules that a process started in the folder can run; they belong to no package."""

    def write(**sources):
        for name, source in sources.items():
            (tmp_path / f"{name}.py").write_text(textwrap.dedent(source), encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def address():
    """Where a zygote listens that has numpy loaded."""
    with zygote(["numpy"]) as address:
        yield address


def output_of(address, folder, module, *arguments, environment=None):
    """What a forked module prints, and its exit code."""
    path = folder / "output.txt"
    if environment is not None:
        environment |= {name: value for name, value in os.environ.items() if name.startswith("PYTHON")}
    with path.open("wb") as output:
        streams = (0, output.fileno(), output.fileno())
        code = fork(address, module, arguments, folder, environment, streams).wait(SOON_SECONDS)
    return path.read_text(encoding="utf-8"), code


def test_a_fork_has_the_arguments_folder_and_environment_of_its_own(address, programs):
    folder = programs(
        told="""
        import os, sys
        names = [name for name in os.environ if not name.startswith("PYTHON")]
        print(sys.argv[1:], os.getcwd(), names, sys.path[0], __name__)
        """
    )
    said, code = output_of(address, folder, "told", "a", "b c", environment={"ONLY": "this"})
    assert said == f"['a', 'b c'] {folder} ['ONLY'] {folder} __main__\n"
    assert code == 0


def test_a_module_that_is_loaded_already_runs_anew_and_without_a_warning(programs):
    with zygote(["json.tool"]) as address:
        said, code = output_of(address, programs(), "json.tool", "--help")
    assert (code, said.splitlines()[0][:6]) == (0, "usage:")


def test_a_package_is_run_by_its_main_and_keeps_what_is_loaded_of_it(programs):
    with zygote(["snakemake.cli"]) as address:
        said, code = output_of(address, programs(), "snakemake", "--version")
    assert (code, said) == (0, version("snakemake") + "\n")


def test_what_is_loaded_is_there_at_once_and_what_is_changed_stays_in_the_fork(address, programs):
    folder = programs(
        changes="""
        import sys
        print("numpy" in sys.modules, hasattr(sys, "left_behind"))
        sys.left_behind = True
        """
    )
    for _ in range(2):
        assert output_of(address, folder, "changes") == ("True False\n", 0)


def test_a_request_arrives_word_for_word_and_one_that_is_cut_off_is_refused():
    arguments = ["", "安阳 2023", "a\nb", "--x=1", "\udcff"]
    environment = {"EMPTY": "", "EQUALS": "a=b", "OTHER_BYTES": "\udcff"}
    message = Request("module", arguments, "/a folder", environment).message()
    found = Request.of(message)
    assert (found.module, found.folder) == ("module", "/a folder")
    assert (found.arguments, found.environment) == (arguments, environment)
    for cut_off in (message[:-1], b"", b"module\0"):
        with pytest.raises(ValueError):
            Request.of(cut_off)


def test_exit_codes_are_told_those_of_signals_as_negative_numbers(address, programs):
    folder = programs(
        leaves="import sys; sys.exit(7)",
        fails="raise ValueError('so')",
        dies="import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    )
    assert output_of(address, folder, "leaves") == ("", 7)
    said, code = output_of(address, folder, "fails")
    assert said.splitlines()[-1] == "ValueError: so"
    assert code == 1
    assert output_of(address, folder, "dies") == ("", -signal.SIGTERM)


def test_a_fork_is_signalled_and_awaited_as_any_process(address, programs):
    folder = programs(
        waits="""
        import signal, time
        try:
            time.sleep(60)
        except KeyboardInterrupt:
            print("interrupted")
            raise SystemExit(3)
        """
    )
    with (folder / "output.txt").open("wb") as output:
        waiting = fork(address, "waits", [], folder, streams=(0, output.fileno(), output.fileno()))
        assert waiting.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(0.2)
        waiting.send_signal(signal.SIGINT)
        assert waiting.wait(SOON_SECONDS) == 3
    assert (folder / "output.txt").read_text() == "interrupted\n"
    # What has ended can be asked and ended again.
    waiting.kill()
    assert waiting.poll() == 3


def test_a_fork_holds_no_descriptor_but_its_three_streams(address, programs):
    folder = programs(
        open_files="""
        import os
        for number in os.listdir("/proc/self/fd"):
            try:
                os.fstat(int(number))
                print(number)
            except OSError:
                pass  # that of the listing itself
        """
    )
    assert output_of(address, folder, "open_files") == ("0\n1\n2\n", 0)


def test_forks_draw_random_numbers_of_their_own(address, programs):
    folder = programs(draws="import random, numpy; print(random.random(), numpy.random.random())")
    drawn = [output_of(address, folder, "draws")[0].split() for _ in range(3)]
    assert len({first for first, _ in drawn}) == 3
    assert len({second for _, second in drawn}) == 3


def test_a_fork_writes_any_character_whatever_the_locale(address, programs):
    folder = programs(writes="import sys; print('安阳'); print('增长', file=sys.stderr)")
    said, code = output_of(address, folder, "writes", environment={"LC_ALL": "C"})
    assert sorted(said.splitlines()) == ["增长", "安阳"]
    assert code == 0


def test_an_interpreter_with_other_settings_is_not_forked(address, programs):
    folder = programs(nothing="")
    with pytest.raises(NoZygote):
        output_of(address, folder, "nothing", environment={"PYTHONTRACEMALLOC": "7"})
    assert output_of(address, folder, "nothing", environment={}) == ("", 0)


def copy_of_package(folder):
    """What a zygote needs of the package, elsewhere: its own sources are those that lie beside its module."""
    own = folder / "copy" / "diaoyan"
    own.mkdir(parents=True)
    for name in ("__init__", "zygote", "forked", "forks"):
        source = Path(sys.modules["diaoyan.forks"].__file__).with_name(f"{name}.py")
        (own / f"{name}.py").write_bytes(source.read_bytes())
    return own


def test_code_that_has_changed_since_it_was_loaded_is_not_forked(programs, monkeypatch):
    folder = programs(nothing="")
    own = copy_of_package(folder)
    monkeypatch.setenv("PYTHONPATH", str(own.parent))
    with zygote([]) as address:
        assert output_of(address, folder, "nothing") == ("", 0)
        (own / "forks.py").write_text("changed", encoding="utf-8")
        with pytest.raises(NoZygote):
            output_of(address, folder, "nothing")


def test_a_client_that_goes_away_takes_its_process_and_what_that_started_along(address, programs):
    folder = programs(
        starts="""
        import subprocess, sys
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(child.pid, flush=True)
        child.wait()
        """
    )
    with (folder / "output.txt").open("wb") as output:
        going = fork(address, "starts", [], folder, streams=(0, output.fileno(), output.fileno()))
    until = time.monotonic() + SOON_SECONDS
    while not (folder / "output.txt").read_text().strip() and time.monotonic() < until:
        time.sleep(0.02)
    pids = [going.pid, int((folder / "output.txt").read_text())]
    assert all(map(is_running, pids))
    del going
    assert all(map(ends_soon, pids))


def test_when_the_zygote_is_killed_its_forks_end_and_are_reported_as_killed(programs):
    folder = programs(waits="import time; time.sleep(60)")
    with zygote([]) as address:
        waiting = fork(address, "waits", [], folder)
        (pid,) = (pid for pid in children_of(os.getpid()) if waiting.pid in children_of(pid))
        os.kill(pid, signal.SIGKILL)
        assert waiting.wait(SOON_SECONDS) == -signal.SIGKILL
        assert ends_soon(waiting.pid)
        with pytest.raises(NoZygote):
            fork(address, "waits", [], folder)
    assert not Path(address).parent.exists()


def test_the_zygote_ends_with_its_owner_even_with_one_that_was_killed(programs):
    folder = programs(
        owner="""
        import os, sys, time
        from diaoyan.forks import fork
        from diaoyan.zygote_lease import zygote
        with zygote([]) as address:
            print(address, fork(address, "waits", [], os.getcwd()).pid, flush=True)
            time.sleep(60)
        """,
        waits="import time; time.sleep(60)",
    )
    owner = subprocess.Popen([sys.executable, "-m", "owner"], cwd=folder, stdout=subprocess.PIPE, text=True)
    address, forked = owner.stdout.readline().split()
    pids = [int(forked), *children_of(owner.pid)]
    assert len(pids) == 2
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert all(map(ends_soon, pids))
    assert not Path(address).parent.exists()


def test_what_cannot_be_loaded_is_left_to_the_forks_that_need_it(programs, capfd):
    folder = programs(absent="import no_such_module", whole="print('served')")
    with zygote(["no_such_module", "json"]) as address:
        for _ in range(2):
            assert output_of(address, folder, "whole") == ("served\n", 0)
        said, code = output_of(address, folder, "absent")
    assert (code, said.splitlines()[-1]) == (1, "ModuleNotFoundError: No module named 'no_such_module'")
    assert capfd.readouterr() == ("", "")


UNTIL = """
import time, pathlib
def until(name):
    while not pathlib.Path(name).exists():
        time.sleep(0.01)
"""


def ask(address, folder, module, output=os.devnull):
    """Asks for a module as `fork` does, but does not wait for an answer; gives the connection."""
    client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    client.connect(address)
    with Path(output).open("ab") as opened:
        message = Request(module, [], str(folder), os.environ).message()
        socket.send_fds(client, [message], [0, opened.fileno(), opened.fileno()])
    return client


def answer(client):
    """The fork that was asked for."""
    return Fork(client, int(client.recv(64)))


def test_what_runs_a_loaded_module_waits_for_no_other_and_anything_else_for_all(programs, monkeypatch):
    tells = "import sys; print('late' in sys.modules)"
    # Loading it takes until it has been asked for.
    early = f"{UNTIL}if __name__ == '__main__':\n    {tells}\nelse:\n    until('asked')\n"
    folder = programs(early=early, late="", other=tells)
    monkeypatch.chdir(folder)
    with zygote(["early", "late"]) as address:
        client = ask(address, folder, "early", folder / "output.txt")
        (folder / "asked").touch()
        assert answer(client).wait(SOON_SECONDS) == 0
        assert (folder / "output.txt").read_text() == "False\n"
        assert output_of(address, folder, "other") == ("True\n", 0)


def test_a_source_that_vanishes_while_others_are_loaded_ends_no_fork(programs, monkeypatch):
    folder = programs(
        early=f"{UNTIL}until('end' if __name__ == '__main__' else 'asked')", late=f"{UNTIL}until('go')", other=""
    )
    own = copy_of_package(folder)
    monkeypatch.setenv("PYTHONPATH", str(own.parent))
    monkeypatch.chdir(folder)
    with zygote(["early", "late"]) as address:
        client = ask(address, folder, "early")
        (folder / "asked").touch()
        running = answer(client)
        (own / "forked.py").unlink()
        (folder / "go").touch()
        with pytest.raises(NoZygote):
            output_of(address, folder, "other")
        (folder / "end").touch()
        assert running.wait(SOON_SECONDS) == 0


@pytest.fixture
def loading(programs, monkeypatch):
    """A zygote that loads until the file `go` is there, and may open few files; gives its address and the folder."""
    folder = programs(late=f"{UNTIL}until('go')", served="import pathlib, os; pathlib.Path(str(os.getpid())).touch()")
    monkeypatch.chdir(folder)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (5 * MOST_WAITING, before[1]))
    with zygote(["late"]) as address:
        yield address, folder
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_clients_that_go_while_they_wait_have_nothing_run(loading):
    address, folder = loading
    for _ in range(20):
        ask(address, folder, "served").close()
    staying = ask(address, folder, "served")
    (folder / "go").touch()
    fork = answer(staying)
    assert fork.wait(SOON_SECONDS) == 0
    assert [path.name for path in folder.glob("[0-9]*")] == [str(fork.pid)]


def test_more_clients_may_wait_than_the_zygote_can_hold(loading):
    address, folder = loading
    clients = [ask(address, folder, "served") for _ in range(2 * MOST_WAITING)]
    (folder / "go").touch()
    assert [answer(client).wait(SOON_SECONDS) for client in clients] == [0] * len(clients)


def test_where_addresses_cannot_be_had_there_is_no_zygote(monkeypatch, tmp_path):
    deep = tmp_path.joinpath(*["a-folder-for-temporary-files"] * 5)
    deep.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    with pytest.raises(NoZygote), zygote(["json"]):
        pass
    with warm_jobs():
        assert ADDRESS not in os.environ
        assert os.environ["PYTHONHASHSEED"] == "0"
    assert list(deep.iterdir()) == []


def test_what_jobs_share_is_told_them_as_long_as_it_is_there(monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    before = dict(os.environ)
    with warm_jobs():
        assert all(Path(os.environ[name]).parent.is_dir() for name in (ADDRESS, painter.ADDRESS))
    assert dict(os.environ) == before


@pytest.mark.parametrize("message", [b"", b"{}", b"[1]", b"\xff", b'["a", [], "/", {}]'])
@pytest.mark.parametrize("streams", [(), (0, 1, 2)])
def test_a_message_that_is_no_request_does_no_harm(address, programs, message, streams):
    # A request is one only with its three streams.
    if streams and message.startswith(b'["a"'):
        message = b'["a", [], "/", []]'
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as client:
        client.connect(address)
        socket.send_fds(client, [message], streams)
        client.settimeout(SOON_SECONDS)
        assert client.recv(64) == b""
    assert output_of(address, programs(nothing=""), "nothing") == ("", 0)


def test_without_a_zygote_a_module_runs_in_a_process_of_its_own(programs, monkeypatch):
    folder = programs(leaves="import os, sys; print(os.environ['GIVEN'], sys.argv[1:]); sys.exit(7)")
    monkeypatch.chdir(folder)
    for named in (None, "/nowhere/zygote"):
        monkeypatch.delenv(ADDRESS, raising=False)
        if named:
            monkeypatch.setenv(ADDRESS, named)
        with (folder / "output.txt").open("wb") as output:
            assert run("leaves", ["x"], {**os.environ, "GIVEN": "this"}, output) == 7
        assert (folder / "output.txt").read_text() == "this ['x']\n"


@pytest.mark.parametrize("named", ["", "/nowhere/zygote", "there"])
def test_a_job_ends_with_the_exit_code_of_its_module(programs, address, named):
    folder = programs(leaves="import sys; print(sys.argv[1:]); sys.exit(7)")
    environment = {**os.environ, ADDRESS: address if named == "there" else named}
    command = [sys.executable, "-m", "diaoyan.job", "leaves", "x"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    said = "not forked\tleaves\t[Errno 2] No such file or directory\n" if named.startswith("/") else ""
    assert (done.stdout, done.returncode) == (f"{said}['x']\n", 7)
