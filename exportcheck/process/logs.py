"""One log stream: structured lines on standard error, readable in a developer's checkout, JSON everywhere else.

Standard output belongs to answers (docs/contract.md), so nothing is ever logged there.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

PROCESS = "EXPORTCHECK_PROCESS"
"""Environment variable in which `manage.py up` tells a child its name."""


def configure_logs(*, level: str, as_json: bool) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING, so that both kinds of logger write the same lines.

    level: name of the lowest level written, such as "INFO". Raises ValueError for a name that is none.
    """
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
        raise ValueError(f"LOG_LEVEL is {level!r}; it must be DEBUG, INFO, WARNING, ERROR or CRITICAL.")
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[Processor] = (
        [add_process, structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if as_json
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
                "foreign_pre_chain": [*shared, structlog.stdlib.ExtraAdder()],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django gives these handlers of their own; ours is enough and the line appears once.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # Each request is one line of django_structlog already.
            "django.request": {"level": "ERROR"},
            # The queue in folders has no host name, and each connection would say so.
            "kombu.connection": {"level": "ERROR"},
            # Announces its version in every process, commands too.
            "axes": {"level": "WARNING"},
        },
    }


def add_process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Which child of the supervisor speaks; JSON lines carry no prefix."""
    name = os.environ.get(PROCESS)
    if name:
        event["process"] = name
    return event
