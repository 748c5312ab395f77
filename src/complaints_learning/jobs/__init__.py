"""Where stages meet: a file for each job that `pipeline` or a command asks for."""
