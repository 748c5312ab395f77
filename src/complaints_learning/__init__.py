"""Learning from complaints about children's services: registers in, a committee report out."""

__version__ = "0.1.0"
