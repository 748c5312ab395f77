"""Faults that a run must survive: kills, full disks, crowds. `run.py` has many, the tests few."""
