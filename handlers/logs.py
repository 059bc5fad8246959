"""How everything is logged. It needs nothing else of the bot: gunicorn's first process loads no more than this."""

import logging
import sys
from typing import TextIO

import structlog
from structlog.types import Processor


def set_up_logging(level: str, stream: TextIO = sys.stderr) -> None:
    """One JSON object a line. Tracebacks come without local variables: those hold tokens."""
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    as_json = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*common, as_json],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(stream),
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *common],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, as_json],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
