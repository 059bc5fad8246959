"""Python imports this when it starts, in every process that a test starts: the tests' network guard holds there too."""

import importlib.util
import os
from pathlib import Path

if log := os.environ.get("TFT_TEST_NETWORK_LOG"):
    spec = importlib.util.spec_from_file_location("network_guard", Path(__file__).parents[1] / "network.py")
    assert spec is not None
    assert spec.loader is not None
    network = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(network)
    network.watch(Path(log))
