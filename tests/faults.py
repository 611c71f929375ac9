"""The fault table: `make faults` breaks a night in every way that happens, runs it again and compares.

Each fault starts from a copy of a council whose first night is loaded. The second night is run with the fault, then
without; its state (every relation of its schema, the rows of history, the manifest) must be that of a night that was
never disturbed, and each refusal is one sentence. Prints a table, with rows lost, rows doubled, nights half published
and values of the extracts in what was said or logged; exit status 1 when a fault is not held.
"""

import csv
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import psycopg

import hostile
from councils import at
from faulty_extracts import LONG_ID, NO_FORMULA, SPOILED, Spoiled
from statutory.warehouse.server import Server

FIRST = date(2025, 11, 14)
SECOND = FIRST + timedelta(days=1)
PROGRAM = (sys.executable, "-c", "from statutory.cli import main; main()")


class Council:
    """One copy of the council: its home, its server, the commands on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.server = Server(home / "postgres")

    def start(self, *arguments: str, program: str | None = None, **more: str) -> subprocess.Popen[str]:
        environment = os.environ | {
            "STATUTORY_HOME": str(self.home), "STATUTORY_OUT": str(self.home / "out"), "COLUMNS": "200",
            "STATUTORY_LOCAL": str(self.home / "local"), **more,
        }  # fmt: skip
        return subprocess.Popen(
            [sys.executable, "-c", program] if program else [*PROGRAM, *arguments],
            env=environment, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, *arguments: str, program: str | None = None, **more: str) -> tuple[int, str]:
        running = self.start(*arguments, program=program, **more)
        text, _ = running.communicate(timeout=900)
        return running.returncode, text

    def night(self, night: date) -> tuple[int, str]:
        return self.run("nightly", "--night", str(night))

    def wait_for(self, running: subprocess.Popen[str], step: str) -> str:
        """Read what a running night prints until a step has ended."""
        assert running.stdout
        text = ""
        for line in running.stdout:
            text += line
            if step in line and " done " in line:
                return text
        raise AssertionError(f"the night ended before {step}: {text[-400:]}")

    def state(self, night: date, *, manifest: bool = True) -> dict[str, str]:
        schema = f"night_{night:%Y_%m_%d}"
        found: dict[str, str] = {}
        # Moments are read in one zone, whatever a fault did to the server's.
        with psycopg.connect(self.server.up(), options="-cTimeZone=Europe/London") as connection:
            names = connection.execute(
                "select relname from pg_class join pg_namespace as n on n.oid = relnamespace"
                " where nspname = %s and relkind in ('r', 'v') order by 1",
                (schema,),
            ).fetchall()
            for (name,) in names:
                ((digest,),) = connection.execute(
                    f"select md5(coalesce(string_agg(h, '' order by h), ''))"
                    f' from (select md5(t::text) as h from "{schema}"."{name}" as t) as x'
                )
                found[name] = digest
            names = connection.execute(
                "select relname from pg_class join pg_namespace as n on n.oid = relnamespace"
                " where nspname = 'history' and relkind = 'p'"
            ).fetchall()
            for (name,) in names:
                ((digest,),) = connection.execute(
                    f"select count(*) || md5(coalesce(string_agg(h, '' order by h), ''))"
                    f' from (select md5(t::text) as h from history."{name}" as t) as x'
                )
                found[f"history {name}"] = digest
            ((published,),) = connection.execute("select night::text from ops.published")
            found["published"] = published
        if manifest:
            file = self.home / "out" / str(night) / "manifest.json"
            found["manifest"] = hashlib.sha256(file.read_bytes()).hexdigest()
        return found


def killed_at(step: str) -> Callable[[Council], str]:
    def fault(council: Council) -> str:
        running = council.start("nightly", "--night", str(SECOND))
        council.wait_for(running, step)
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        return "killed"

    return fault


def database_killed(council: Council) -> str:
    running = council.start("nightly", "--night", str(SECOND))
    council.wait_for(running, "nightly check")
    os.kill(int((council.server.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    text, _ = running.communicate(timeout=900)
    return one_sentence(running.returncode, text)


def database_restarted(council: Council) -> str:
    running = council.start("nightly", "--night", str(SECOND))
    council.wait_for(running, "nightly load")
    council.server.down()
    council.server.up()
    text, _ = running.communicate(timeout=900)
    return one_sentence(running.returncode, text)


def disk_full(council: Council) -> str:
    """The data directory on a small file system that the second night does not fit into."""
    data, aside = council.server.data, council.home / "aside"
    council.server.down()
    data.rename(aside)
    data.mkdir(mode=0o700)
    size = sum(p.stat().st_size for p in aside.rglob("*") if p.is_file()) // 2**20 + 6
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}m,mode=700", "tmpfs", str(data)], capture_output=True, check=False
    )
    if mounted.returncode:
        data.rmdir()
        aside.rename(data)
        return "could not be tried here: no right to mount"
    try:
        shutil.copytree(aside, data, dirs_exist_ok=True, copy_function=_copy_with_owner)
        code, text = council.night(SECOND)
        council.server.down()
        return one_sentence(code, text)
    finally:
        for _ in range(50):
            if not subprocess.run(["umount", str(data)], capture_output=True, check=False).returncode:
                break
            council.server.down()
            time.sleep(0.2)
        data.rmdir()
        aside.rename(data)


def _copy_with_owner(source: str, target: str) -> str:
    shutil.copy2(source, target)
    found = os.stat(source)
    os.chown(target, found.st_uid, found.st_gid)
    return target


def two_at_once(council: Council) -> str:
    running = council.start("nightly", "--night", str(SECOND))
    council.wait_for(running, "nightly extract")
    code, text = council.night(SECOND)
    running.communicate(timeout=900)
    assert "another night is running" in text, text
    return one_sentence(code, text)


def stale_pid_file(council: Council) -> str:
    file = council.server.data / "postmaster.pid"
    council.server.up()
    text = file.read_text()
    council.server.down()
    file.write_text(text.replace(text.splitlines()[0], str(os.getpid()), 1))
    return succeeded(*council.night(SECOND))


def busy_port(council: Council) -> str:
    council.server.down()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", int((council.home / "postgres" / "port").read_text())))
        taken.listen()
        return succeeded(*council.night(SECOND))


def two_starters(council: Council) -> str:
    council.server.down()
    started = [council.start("warehouse", "up") for _ in range(4)]
    texts = [one.communicate(timeout=120)[0] for one in started]
    assert all(one.returncode == 0 for one in started), texts
    return "one server"


def reader_in_transaction(council: Council) -> str:
    council.server.up()
    with psycopg.connect(council.server.url()) as reader:
        before = reader.execute("select count(*), max(night) from ops.published, published.indicator_value").fetchall()
        said = succeeded(*council.night(SECOND))
        # What was read in this transaction can be read on, and nothing waited for it.
        assert reader.execute(f"select count(*) from night_{FIRST:%Y_%m_%d}.indicator_value").fetchone()
        assert before
    return said


def readers_during_publishes(council: Council) -> str:
    """Eight readers on `published`, one more idle in a transaction: none fails or waits a second."""
    from statutory.warehouse.publish import publish

    council.server.up()
    longest, failures, stop = [0.0], list[str](), threading.Event()

    def read() -> None:
        with psycopg.connect(council.server.url(), autocommit=True) as connection:
            while not stop.is_set():
                started = time.monotonic()
                try:
                    connection.execute("select count(*) from published.indicator_value").fetchone()
                except psycopg.Error as error:
                    failures.append(type(error).__name__)
                longest[0] = max(longest[0], time.monotonic() - started)

    readers = [threading.Thread(target=read) for _ in range(8)]
    with psycopg.connect(council.server.url()) as idle:
        idle.execute("select count(*) from published.indicator_value")
        for reader in readers:
            reader.start()
        with psycopg.connect(council.server.url()) as writer:
            for _ in range(20):
                publish(at(writer, FIRST))
        stop.set()
        for reader in readers:
            reader.join()
    assert not failures, failures[:3]
    assert longest[0] < 1, longest
    return f"20 publications, longest wait {longest[0]:.2f} s"


def restore_of_what_is_no_backup(council: Council) -> str:
    """A text file, a backup cut short, and a whole one beside somebody else's schema: each refused, nothing changed."""
    council.server.up()
    backup = council.home / "warehouse.dump"
    assert council.run("backup", str(backup))[0] == 0
    text, cut = council.home / "text.dump", council.home / "cut.dump"
    text.write_text("no archive\n")
    cut.write_bytes(backup.read_bytes()[:-5000])
    said = []
    with psycopg.connect(council.server.url(), autocommit=True) as opened:
        opened.execute("create schema theirs; create table theirs.t as select 1 as x")
        for file in (text, cut, backup):
            code, told = council.run("restore", str(file))
            said.append(one_sentence(code, told))
        assert opened.execute("select x from theirs.t").fetchone() == (1,)
        opened.execute("drop schema theirs cascade")
    return said[-1]


def restore_killed(council: Council) -> str:
    """Into an empty warehouse, ended while psql waits in the middle; then whole."""
    council.server.up()
    backup = council.home / "warehouse.dump"
    assert council.run("backup", str(backup))[0] == 0
    other = Council(council.home / "other")
    other.home.mkdir(mode=0o755)
    try:
        assert other.run("warehouse", "prepare")[0] == 0
        with psycopg.connect(other.server.url()) as reader:
            reader.execute("select * from quality.reject")
            running = other.start("restore", str(backup))
            with psycopg.connect(other.server.url(), autocommit=True) as looking:
                while not looking.execute("select from pg_stat_activity where wait_event_type = 'Lock'").fetchall():
                    time.sleep(0.05)
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
        with psycopg.connect(other.server.url()) as opened:
            assert opened.execute("select count(*) from quality.reject, ops.run").fetchone() == (0,)
        assert other.run("restore", str(backup))[0] == 0
        assert other.state(FIRST, manifest=False) == council.state(FIRST, manifest=False)
    finally:
        other.server.down()
    return "killed; then whole"


def killed_publishing_a_night_made_again(council: Council) -> str:
    """The published night is made again, and publishing it is killed between its two transactions."""
    program = (
        "import os\nfrom datetime import date\nfrom statutory.night import Night\n"
        "from statutory.warehouse import connection, publish\n"
        "publish.set_aside = lambda *_: os.kill(os.getpid(), 9)\n"
        "council = connection.open_council()\n"
        "with connection.connect(council) as opened:\n"
        f"    publish.publish(Night(council, date({FIRST:%Y, %-m, %-d}), opened))\n"
    )
    council.server.up()
    with psycopg.connect(council.server.url(), autocommit=True) as reader:
        count = "select count(*) from published.indicator_value"
        before = reader.execute(count).fetchone()
        assert council.run("build", "--night", str(FIRST))[0] == 0
        for _ in range(2):
            assert council.run(program=program)[0] == -signal.SIGKILL
            assert reader.execute(count).fetchone() == before
    return "killed twice, the publication stayed"


def night_of_the_future(council: Council) -> str:
    """A folder with a mistyped year beside the real ones; then one of a wrong day that has passed, taken back."""
    council.server.up()
    future = council.home / "sample" / f"{FIRST.replace(year=2062)}"
    shutil.copytree(council.home / "sample" / str(FIRST), future)
    code, text = council.run("archive", "--source", str(council.home / "sample"))
    said = one_sentence(code, text)
    assert "is after today" in text, text
    shutil.rmtree(future)
    wrong = FIRST + timedelta(days=3)
    assert council.night(wrong)[0] == 0
    code, text = council.run("nights", "withdraw", str(wrong), "--reason", "a wrong day")
    assert code == 0, text
    assert f"the published night is {FIRST}" in text, text
    shutil.rmtree(council.home / "sample" / str(wrong))
    return said


def reader_takes_locks(council: Council) -> str:
    """A reader holds every advisory lock that was ever ours and tries for the table's; the night runs beside it."""
    council.server.up()
    with psycopg.connect(council.server.url(), autocommit=True) as owner:
        owner.execute("create role anna login password 'made-up' in role statutory_reader")
    address = f"postgresql://anna:made-up@{council.server.url().split('@')[1]}"
    with psycopg.connect(address, autocommit=True) as reader:
        reader.execute("select pg_advisory_lock(20260930)")
        try:
            with reader.transaction():
                reader.execute("lock table ops.night_lock in exclusive mode")
        except psycopg.errors.InsufficientPrivilege:
            return succeeded(*council.night(SECOND))
    raise AssertionError("a reader took the night's lock")


def idle_reader_of_a_night_made_again(council: Council) -> str:
    """Who reads every relation of the published night and of the shown views goes idle; the night is made again."""
    council.server.up()
    with psycopg.connect(council.server.url()) as reader:
        for schema in ("published", f"night_{FIRST:%Y_%m_%d}", "published_analyst", "published_totals"):
            names = reader.execute(
                "select relname from pg_class where relnamespace = %s::regnamespace and relkind in ('r', 'v')",
                (schema,),
            ).fetchall()
            for (name,) in names:
                reader.execute(f'select from {schema}."{name}" limit 1')
        for arguments in (("build", "--night", str(FIRST)), ("nightly", "--night", str(FIRST))):
            code, text = council.run(*arguments)
            assert code == 0, text
        return succeeded(*council.night(SECOND))


def hostile_settings(council: Council) -> str:
    """Server, database and environment turn dates, zone, floats and search path round; the second night is the same."""
    council.server.up()
    with psycopg.connect(council.server.url(), autocommit=True) as opened:
        for name, value in hostile.SERVER.items():
            opened.execute(f"alter system set {name} = '{value}'")
        for name, value in hostile.DATABASE.items():
            opened.execute(f"alter database warehouse set {name} = '{value}'")
        opened.execute("select pg_reload_conf()")
    code, text = council.run("nightly", "--night", str(SECOND), **hostile.ENVIRONMENT)
    # The comparison itself reads as anybody does.
    with psycopg.connect(
        council.server.url(), options="-cdefault_transaction_read_only=off", autocommit=True
    ) as opened:
        opened.execute("alter database warehouse reset all")
        for name in hostile.SERVER:
            opened.execute(f"alter system reset {name}")
        opened.execute("select pg_reload_conf()")
    return succeeded(code, text)


def missed_week(council: Council) -> str:
    said = succeeded(*council.night(SECOND + timedelta(days=7)))
    with psycopg.connect(council.server.up()) as connection:
        ((night,),) = connection.execute("select night from ops.published")
    assert night == SECOND + timedelta(days=7)
    code, text = council.night(SECOND)
    assert code == 1, text
    assert "history is loaded oldest first" in text, text
    return said + ", an older night refused"


def spoiled(fault: Spoiled) -> Callable[[Council], str]:
    """The night of an extract, or of a file of the council, that is not as it should be."""

    def run(council: Council) -> str:
        shutil.copytree(
            council.home.parent / "whole" / "sample" / str(SECOND), council.home / "sample" / str(SECOND),
            copy_function=_copy_with_owner,
        )  # fmt: skip
        with fault.spoil(council.home):
            code, text = council.night(SECOND)
        assert (code, "Traceback" in text) == (fault.code, False), text
        found = [line for line in text.splitlines() if fault.said in line]
        assert found, text
        with psycopg.connect(council.server.up()) as connection:
            fault.see(connection, council.home)
        assert leaked(council, text) == 0
        return found[0].strip()[:110] if code else fault.said

    return run


def leaked(council: Council, text: str) -> int:
    """How many ids, names and odd values of the extracts stand in what was said or logged."""
    said = text + "".join(
        path.read_text(errors="replace") for path in (council.home / "airflow").rglob("*.log") if path.is_file()
    )
    values = {LONG_ID, NO_FORMULA}
    for name, columns in (("case_system/ssd_person", (0,)), ("hr/hr_worker", (1, 4))):
        with (council.home / "sample" / str(SECOND) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            values |= {row[column] for row in csv.reader(file) for column in columns if len(row[column]) > 5}
    values -= {"pers_person_id", "swe_number", "full_name"}
    return len([value for value in values if value in said])


def half_published(council: Council) -> int:
    """1 where what is shown is not the whole of the night that is said to be published."""
    with psycopg.connect(council.server.up()) as connection:
        published = connection.execute("select to_char(night, '\"night_\"YYYY_MM_DD') from ops.published").fetchall()
        relations = "select count(*) from pg_class where relkind in ('r', 'v') and relnamespace = to_regnamespace(%s)"
        return sum(
            connection.execute(relations, ("published",)).fetchone() != connection.execute(relations, night).fetchone()
            for night in published
        )


def rows_lost_and_doubled(wanted: dict[str, str], found: dict[str, str]) -> tuple[int, int]:
    """The rows of history that are fewer, and more, than after a night that was never disturbed."""
    more = [
        int(found.get(key, "0" * 33)[:-32]) - int(digest[:-32])
        for key, digest in wanted.items() if key.startswith("history ")
    ]  # fmt: skip
    return -sum(one for one in more if one < 0), sum(one for one in more if one > 0)


def one_sentence(code: int, text: str) -> str:
    assert code == 1, text
    assert "Traceback" not in text, text
    said = [line for line in text.strip().splitlines() if "not loaded" in line or "server" in line or "another" in line]
    return (said or text.strip().splitlines()[-1:])[0][:110]


def succeeded(code: int, text: str) -> str:
    assert code == 0, text
    return "published"


# Fault, what it does, whether the second night is run and compared after it.
FAULTS: tuple[tuple[str, Callable[[Council], str], bool], ...] = (
    ("worker killed after extract", killed_at("nightly extract"), True),
    ("worker killed while checking", killed_at("nightly check"), True),
    ("worker killed while loading", killed_at("nightly load"), True),
    ("worker killed after build", killed_at("nightly build"), True),
    ("worker killed after derive", killed_at("nightly derive"), True),
    ("worker killed after publish", killed_at("nightly publish"), True),
    ("database killed while checking", database_killed, True),
    ("database restarted while loading", database_restarted, True),
    ("disk full", disk_full, True),
    ("two runs of one night at once", two_at_once, True),
    ("pid file of a killed server, number taken", stale_pid_file, True),
    ("port taken meanwhile", busy_port, True),
    ("four commands start the server together", two_starters, True),
    ("reader in a transaction while publishing", reader_in_transaction, True),
    ("eight readers during twenty publications", readers_during_publishes, True),
    ("a week missed", missed_week, False),
    *((fault.name, spoiled(fault), True) for fault in SPOILED),
    ("restore of what is no backup", restore_of_what_is_no_backup, True),
    ("restore killed", restore_killed, True),
    ("killed publishing a night made again", killed_publishing_a_night_made_again, True),
    ("a night of the future, and one withdrawn", night_of_the_future, True),
    ("a reader takes locks", reader_takes_locks, True),
    ("idle reader of a night made again", idle_reader_of_a_night_made_again, True),
    ("hostile settings", hostile_settings, True),
)


def main() -> int:
    """Run every fault, or those whose names hold a word given; 1 when one is not held."""
    root = Path(tempfile.mkdtemp(prefix="statutory-faults-"))
    root.chmod(0o755)
    base = Council(root / "base")
    base.home.mkdir(mode=0o755)
    try:
        assert base.night(FIRST)[0] == 0
        base.server.down()
        whole = Council(root / "whole")
        shutil.copytree(base.home, whole.home, symlinks=True, copy_function=_copy_with_owner)
        _own_folders(base.home, whole.home)
        assert whole.night(SECOND)[0] == 0
        wanted = whole.state(SECOND)
        whole.server.down()
        held = True
        print("| fault | state | rows lost | rows doubled | half-published nights | values leaked | what was said |")
        print("|---|---|---|---|---|---|---|", flush=True)
        for name, fault, again in FAULTS:
            if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
                continue
            council = Council(root / "fault")
            shutil.copytree(base.home, council.home, symlinks=True, copy_function=_copy_with_owner)
            _own_folders(base.home, council.home)
            counted = ["-"] * 4
            try:
                said = fault(council)
                half = half_published(council)
                if again:
                    code, text = council.night(SECOND)
                    assert code == 0, text
                    found = council.state(SECOND)
                    lost, doubled = rows_lost_and_doubled(wanted, found)
                    counted = list(map(str, (lost, doubled, half, leaked(council, said + text))))
                    differ = [key for key in wanted if wanted[key] != found.get(key)]
                    assert not differ, f"differs: {differ[:5]}"
                    assert set(counted) == {"0"}, f"rows lost, rows doubled, half-published, leaked: {counted}"
                assert half == 0, "the published night was not whole"
                print(f"| {' | '.join((name, 'held', *counted, said))} |", flush=True)
            except (AssertionError, subprocess.TimeoutExpired, psycopg.Error) as error:
                held = False
                print(f"| {' | '.join((name, 'BROKEN', *counted, str(error)[-600:]))} |", flush=True)
            finally:
                council.server.down()
                shutil.rmtree(council.home, ignore_errors=True)
        return 0 if held else 1
    finally:
        for one in (base, Council(root / "whole"), Council(root / "fault")):
            one.server.down()
        shutil.rmtree(root, ignore_errors=True)


def _own_folders(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_dir():
            found = path.stat()
            os.chown(target / path.relative_to(source), found.st_uid, found.st_gid)


if __name__ == "__main__":
    sys.exit(main())
