"""One file per step, oldest first by their `down_revision`."""
