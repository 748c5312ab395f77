"""Options in, one call, messages and exit code out.

Commands live one a file in `commands/` and are imported only when they run, so that help and
completion stay quick. One place catches what went wrong.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from complaints_learning import __version__
from complaints_learning.commands import COMMANDS, ending, log, progress, say, shared
from complaints_learning.nouns.errors import LearningError

if TYPE_CHECKING:
    from typer.core import TyperCommand

_WELCOME = """Turns a council's complaint register into a Learning from Complaints report.

Start with:

\b
  cl sample demo            writes an invented council's workspace to try
  cl check                  what is wrong in the exports, cell by cell
  cl report --period 2023   the learning report, in Word

Every command has examples: cl report --help"""


class _Commands(TyperGroup):
    """The commands by name; a module is imported when its command is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"complaints_learning.commands.{cmd_name.replace('-', '_')}"
        say.begin(cmd_name)
        found: Any = typer.main.get_command(importlib.import_module(name).app)
        return shared.add(found, cmd_name)  # type: ignore[no-any-return]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from complaints_learning.commands import usage

            raise usage.unknown_command(args[0], "cl", list(COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(
    cls=_Commands,
    add_completion=True,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"complaints-learning {__version__}")
        raise typer.Exit


@app.callback(help=_WELCOME)
def _top(
    ctx: typer.Context,
    version: bool = typer.Option(
        False, "--version", help="Show the version.", callback=_version, is_eager=True
    ),
    debug: bool = typer.Option(
        False, "--debug", help="Keep the details of a crash in a private file, here."
    ),
) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `cl` and leave with its exit code, which docs/batch.md lists."""
    say.screen()
    ending.listen()
    code = run(sys.argv[1:] if arguments is None else list(arguments))
    ending.deaf()
    sys.exit(_flushed(code))


def run(arguments: list[str]) -> int:
    """Run one command line and give its exit code. Only LearningError is expected here.

    Anything else is a mistake of ours: the screen gets our lines and no value, and exit 1;
    with --debug, anywhere on the line, the whole goes to a private file in this folder.
    """
    debug = "--debug" in arguments
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # our sums are small; threads cost 50 ms
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            with suppress(OSError):  # a stream that cannot say where it stands
                stream.reconfigure(errors="replace")
    try:
        words = _aliased([word for word in arguments if word != "--debug"])
        command = typer.main.get_command(app)
        code = command.main(args=words, prog_name="cl", standalone_mode=False) or 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    except KeyboardInterrupt:
        code = 130
    except typer.Abort:
        from complaints_learning.commands import usage

        say.error(usage.unanswered())
        code = 2
    except TyperException as wrong:
        from complaints_learning.commands import usage

        say.error(usage.told(wrong, words))
        code = 2
    except LearningError as wrong:
        say.error(wrong)
        code = wrong.exit_code
    except OSError as wrong:
        code = _no_room(wrong, debug)
    except Exception as wrong:
        code = _crashed(wrong, debug)
    if code in (130, 143):
        say.note("cl: stopped before the end; no half-written file is left.")
    progress.clear()
    log.end(code)
    return code


def _aliased(words: list[str]) -> list[str]:
    """`cl help report` and `cl version`, which people try as well.

    >>> _aliased(["help", "report"]), _aliased(["help"]), _aliased(["check"])
    (['report', '--help'], ['--help'], ['check'])
    """
    if words[:1] == ["help"]:
        return [*words[1:], "--help"]
    return ["--version"] if words == ["version"] else words


def _flushed(code: int) -> int:
    """Print what is still held back; 2 when it cannot be, but nobody reading is no fault."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as wrong:
            say.closed(stream)
            if wrong.errno not in (errno.EPIPE, errno.EINVAL):
                say.note(f"cl: the answer cannot be printed ({wrong.strerror}).")
                return 2
    return code


_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG}


def _no_room(wrong: OSError, debug: bool) -> int:
    """A disk that fails in an unexpected place is told plainly; other errors are ours."""
    if wrong.errno not in _DISK:
        return _crashed(wrong, debug)
    why = "is full" if wrong.errno == errno.ENOSPC else f"fails ({wrong.strerror})"
    say.error(LearningError(f"the disk {why}.", "Make room and run again.", "output-not-saved"))
    return 2


def _crashed(wrong: Exception, debug: bool) -> int:
    if ending.code():  # a library turned the signal into an error of its own
        return ending.code()
    from complaints_learning.commands import crash

    print(f"cl: a mistake of our own: {crash.told(wrong)}", file=sys.stderr)
    kept = crash.save(wrong, Path.cwd()) if debug else None
    if kept:
        then = f"The details are in {kept.name}. It may quote the register: keep it private."
    else:
        then = "Please report these lines. With --debug the details go to a private file."
    print(f"    {then}", file=sys.stderr)
    return 1
