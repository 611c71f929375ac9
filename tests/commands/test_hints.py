"""Wherever a command is named, in a message, a page or the documentation, the command line has it as it is written."""

import ast
import re
import shlex

import pytest
import typer

from statutory import cli
from statutory.paths import PROJECT

# A command between backticks, or a line of a block of commands.
SPAN = re.compile(r"`(statutory [a-z][^`]*)`")
LINE = re.compile(r"^\s*(?:\.venv/bin/)?(statutory [a-z][^#\n]*?)\s*(?:#.*)?$", re.MULTILINE)
PROGRAM = typer.main.get_command(cli.app)


def texts():
    """Every text that a person may read: of Python the strings, with X for what is filled in."""
    for path in sorted([*(PROJECT / "plugins").rglob("*.py"), *(PROJECT / "dags").glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                yield path, "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path, node.value
    patterns = ("plugins/**/*.j2", "sql/**/*.sql", "expectations/**/*.sql", "*.md", "docs/*.md", "docker-compose.yml")
    for pattern in patterns:
        for path in sorted(PROJECT.glob(pattern)):
            yield path, path.read_text()


def named():
    found = {}
    for path, text in texts():
        blocks = "\n".join(re.findall(r"```(?:\w*)\n(.*?)```", text, re.DOTALL)) if path.suffix == ".md" else ""
        for said in [*SPAN.findall(text), *LINE.findall(blocks)]:
            found[" ".join(said.split())] = path.relative_to(PROJECT)
    return [pytest.param(said, id=f"{path}: {said}") for said, path in sorted(found.items())]


def resolve(said):
    """The command that a text names, and the words after it; an option in brackets may be left out."""
    rest = shlex.split(re.sub(r"[\][]", " ", said))[1:]
    command = PROGRAM
    while hasattr(command, "commands") and (rest or not command.invoke_without_command):
        assert rest, f"`{said}` names no command, there are {', '.join(command.commands)}"
        assert rest[0] in command.commands, f"there is no command {rest[0]}, there are {', '.join(command.commands)}"
        command = command.commands[rest.pop(0)]
    return command, rest


@pytest.mark.parametrize("said", named())
def test_a_command_that_is_named_exists_with_these_words(said):
    command, rest = resolve(said)
    options = {name: one for one in command.params for name in (*one.opts, *one.secondary_opts)}
    arguments = [one for one in command.params if not one.opts[0].startswith("--")]
    given = []
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            given.append(word)
        elif word != "--help":
            assert word in options, f"{word} is none of {', '.join(options)}"
            if rest and not getattr(options[word], "is_flag", False):
                rest.pop(0)
    several = any(one.nargs == -1 for one in arguments)
    assert several or len(given) <= len(arguments), f"{given} are more words than the command takes"


def test_a_hint_of_a_message_can_be_typed_as_it_stands():
    # In a message nothing may be missing: who reads it types it.
    for path, text in texts():
        if path.suffix != ".py" or "run `statutory" not in text:
            continue
        for said in re.findall(r"run `(statutory [^`]+)`", text):
            command, rest = resolve(said)
            missing = [
                one.opts[0] for one in command.params
                if one.required and one.opts[0].startswith("--") and one.opts[0] not in rest
            ]  # fmt: skip
            assert not missing, f"{path.name}: `{said}` lacks {', '.join(missing)}"


def test_each_target_of_make_that_is_named_exists():
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    for path, text in texts():
        blocks = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL))
        named = re.findall(r"`make ([a-z]+)[^`]*`", text) + re.findall(r"^make ([a-z]+)", blocks, re.MULTILINE)
        assert set(named) <= targets, (path.name, named)
