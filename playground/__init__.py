"""A Slack workspace on this machine: Web API, Socket Mode, signed HTTP and a page. Knows Slack, knows nothing of any one app."""

from playground.workspace import Workspace

__all__ = ["Workspace"]
