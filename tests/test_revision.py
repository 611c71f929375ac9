"""Which commit a figure was made by: as git says it, and where there is no git."""

import os
import subprocess

import pytest

from statutory.paths import PROJECT
from statutory.revision import commit


def git(folder, *arguments):
    environment = os.environ | {
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@localhost",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@localhost",
    }  # fmt: skip
    command = ["git", "-C", folder, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "feature/one")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "first")
    return folder


def test_the_commit_is_that_of_the_branch_loose_or_packed_and_of_no_branch(repository):
    first = git(repository, "rev-parse", "HEAD")
    assert commit(repository) == first
    git(repository, "pack-refs", "--all")
    assert not (repository / ".git" / "refs" / "heads" / "feature" / "one").exists()
    assert commit(repository) == first
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "second")  # the packed one is out of date now
    assert commit(repository) == git(repository, "rev-parse", "HEAD") != first
    git(repository, "checkout", "--quiet", "--detach", first)
    assert commit(repository) == first


def test_a_worktree_has_the_commit_of_its_own_branch(repository):
    other = repository.parent / "other"
    git(repository, "worktree", "add", "--quiet", "-b", "other", other)
    git(other, "commit", "--quiet", "--allow-empty", "--message", "second")
    assert commit(other) == git(other, "rev-parse", "HEAD") != commit(repository)


def test_files_outside_a_repository_of_their_own_have_none(repository):
    installed = repository / ".venv" / "lib"  # somebody else's repository lies around them
    installed.mkdir(parents=True)
    assert commit(installed) == "unversioned"


def test_the_files_that_an_image_gets_are_enough(repository):
    wanted = git(repository, "rev-parse", "HEAD")
    let_through = [line[1:] for line in (PROJECT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for packed in (False, True):
        if packed:
            git(repository, "pack-refs", "--all")
        image = repository.parent / f"image {packed}"
        (image / ".git").mkdir(parents=True)
        for name in let_through:
            if (repository / name).exists():
                subprocess.run(["cp", "-r", repository / name, image / name], check=True)
        assert commit(image) == wanted
