"""The servers that are compared, each with one process that answers."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.speed.agreement import Counting
from bench.speed.reader import Answer, Reader

ROOT = Path(__file__).resolve().parents[2]
#: nginx with one worker, and a file for each address that is asked for.
_NGINX = """
worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log; user root;
events {{ worker_connections 64; }}
http {{
  access_log off; keepalive_requests 1000000; default_type "text/html; charset=utf-8";
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/files;
{locations}
  }}
}}
"""


@dataclass(frozen=True)
class Server:
    """One that is compared.

    Attributes:
        slow: whether it is asked seldom.
        counts: how to read what it counts, where that is to be held against ours.
        address: where it has what is at one of our addresses.
        before: what is done before it is asked, beside the clock.
    """

    name: str
    port: int
    slow: bool = False
    counts: Counting | None = None
    address: Callable[[str], str] = str
    before: Callable[[], object] | None = None


@contextmanager
def gunicorn(application: str, *, python: str = sys.executable, **environment: str) -> Iterator[int]:
    """Serve a WSGI application as in production, with one worker, and give its port."""
    port = free_port()
    command = [python, "-m", "gunicorn", "--config", "config/gunicorn.py", application]
    own = {"BIND": f"127.0.0.1:{port}", "PORT": str(port), "WEB_CONCURRENCY": "1"}
    # What a server that was ended had asked PostgreSQL for is to end with it.
    own["PGOPTIONS"] = "-c client_connection_check_interval=1s"
    with running(command, os.environ | own | environment, port):
        yield port


@contextmanager
def nginx(answers: Mapping[str, Answer]) -> Iterator[int | None]:
    """Serve the bytes of the answers as files, and give the port; None where nginx is not installed."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        yield None
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="passerelle-nginx-") as folder:
        (Path(folder) / "files").mkdir()
        # nginx looks at the path alone: the number of the page is enough for what is measured.
        locations = []
        for number, answer in enumerate(answers.values()):
            (Path(folder) / "files" / str(number)).write_bytes(answer.body)
            locations.append(f"    location = /{number} {{ }}")
        configuration = Path(folder) / "nginx.conf"
        configuration.write_text(_NGINX.format(folder=folder, port=port, locations="\n".join(locations)))
        with running([program, "-c", str(configuration)], dict(os.environ), port):
            yield port


@contextmanager
def stored(answers: Mapping[str, Answer]) -> Iterator[Path]:
    """Store the answers where `bench.speed.bare` reads them."""
    with tempfile.NamedTemporaryFile(suffix=".answers") as file:
        file.write(pickle.dumps({address: (each.kind, each.body) for address, each in answers.items()}))
        file.flush()
        yield Path(file.name)


def wait_until(port: int, address: str, *, seconds: float = 900) -> None:
    """Wait until a server answers 200 at an address."""
    end = time.monotonic() + seconds
    while True:
        try:
            if Reader(port).get(address).status == 200:
                return
        except OSError:
            if time.monotonic() > end:
                raise
        time.sleep(0.2)


#: How to begin anew what serves at a port.
_RESTARTS: dict[int, Callable[[], None]] = {}


def restart(port: int, address: str) -> None:
    """End what serves at a port in the middle of whatever it does, begin it anew, and wait until it has an address."""
    _RESTARTS[port]()
    wait_until(port, address)


@contextmanager
def running(command: list[str], environment: Mapping[str, str], port: int) -> Iterator[None]:
    """Run a command that serves at a port, from when it can be reached until it is wanted no more."""
    process = _started(command, environment, port)

    def begin_anew() -> None:
        nonlocal process
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process = _started(command, environment, port)

    _RESTARTS[port] = begin_anew
    try:
        yield
    finally:
        del _RESTARTS[port]
        process.terminate()
        process.wait()


def _started(command: list[str], environment: Mapping[str, str], port: int) -> subprocess.Popen[bytes]:
    # What goes wrong is said on stderr; some write a line for each request on stdout.
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, process_group=0)
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"{command[0]} ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.1)
    process.terminate()
    raise RuntimeError(f"{command[0]} does not answer")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]
