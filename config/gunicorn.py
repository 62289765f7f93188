"""How gunicorn serves the portal: `gunicorn --config config/gunicorn.py config.wsgi`.

Everything that differs from one machine to another comes from the environment.
"""

import logging
import os
import re
from pathlib import Path

from gunicorn.http import message  # type: ignore[import-untyped]

from config.logs import make_discreet

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"

# Threads, because one slow connection keeps a thread busy but must not keep everybody else waiting.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = int(os.environ.get("WEB_THREADS") or 20)

timeout = 60
graceful_timeout = 30
keepalive = 5

# The workers' heartbeat is a file; on a slow disk its writing can stall a worker until it is taken for dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

# The remote control that gunicorn otherwise opens for whoever runs it, in their home.
control_socket_disable = True

# Only a proxy named here is believed about the scheme and address of the request.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1,::1"

# A long address, of many facets and a pasted search, is to be answered with a page of ours rather than with gunicorn's
# bare error. But gunicorn cuts any limit to 8,190 bytes without saying so, and its 0 is no limit at all: a single line
# without an end then keeps a processor busy for as long as it is sent. So the cut itself is raised. Should a later
# gunicorn name it otherwise, 8,190 holds again.
message.MAX_REQUEST_LINE = limit_request_line = 32 * 1024
limit_request_fields = 64

# Nobody's IP address is written down, nor what they search for, nor a link that opens something: the access log, off
# unless asked for, has the path without its query, and of a private page only where it begins.
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL") or "warning"
accesslog = "-" if os.environ.get("ACCESS_LOG", "").lower() in {"1", "true", "yes", "on"} else None
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"


def _without_address(record: logging.LogRecord) -> bool:
    """Take the address out of gunicorn's warning about a malformed request."""
    if isinstance(record.msg, str):
        record.msg = re.sub(r"^(Invalid request) from ip=\S*:", r"\1:", record.msg)
    return True


logging.getLogger("gunicorn.error").addFilter(_without_address)
for _name in ("gunicorn.access", "gunicorn.error"):
    logging.getLogger(_name).addFilter(make_discreet)
