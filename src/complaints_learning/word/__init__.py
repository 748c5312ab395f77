"""A Word file in memory: its parts, our figures in it, and what in it hinders or harms."""
