"""The commit of the project's files, shown on every page and manifest."""

import functools
from pathlib import Path

from statutory.paths import PROJECT


@functools.cache
def revision() -> str:
    """The commit of the project's files, 12 digits; `unversioned` where they are not in a repository of their own."""
    return commit(PROJECT)[:12]


def commit(project: Path) -> str:
    """The commit that is checked out in a folder, or `unversioned`.

    Read from the repository's files, not by git: an image holds these few files (`.dockerignore`), and no git.
    """
    folder = repository = project / ".git"
    try:
        if folder.is_file():  # a worktree, whose branches are in the repository it belongs to
            folder = Path(project, folder.read_text().removeprefix("gitdir:").strip())
            repository = folder / (folder / "commondir").read_text().strip()
        said = (folder / "HEAD").read_text().strip()
        if not said.startswith("ref: "):
            return said
        branch = said.removeprefix("ref: ")
        if (repository / branch).is_file():
            return (repository / branch).read_text().strip()
        packed = (line.split() for line in (repository / "packed-refs").read_text().splitlines())
        return next(words[0] for words in packed if words[-1] == branch)
    except (OSError, StopIteration):
        return "unversioned"
