"""Settings of gunicorn: `gunicorn --config python:exportcheck.process.gunicorn_conf exportcheck.wsgi:application`.

The address and the number of processes are given on the command line, by `manage.py up`, the container or systemd.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exportcheck.settings")

worker_class = "gthread"
threads = 4
# Heartbeat of a process, not the length of a request: threads may take longer, an upload of 250 MB does.
timeout = 60
graceful_timeout = 15
keepalive = 5
# A leak in any library stays small.
max_requests = 2000
max_requests_jitter = 200
# Heartbeats must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # nosec B108
control_socket_disable = True
# The one log stream of the product; requests are logged by django_structlog, so gunicorn's own access log stays off.
logconfig_dict: dict[str, Any] = {
    **settings.LOGGING,
    "loggers": {
        **settings.LOGGING["loggers"],
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "INFO", "propagate": False},
    },
}
