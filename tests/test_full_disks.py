"""A disk that is full, or that may only be read, is one line, and the site stays as it was."""

import shutil
import subprocess

import pytest

# In a namespace of their own mounts are nobody else's affair, and hold for root too, whom permissions do not hold off.
MOUNTED = ("unshare", "--map-root-user", "--mount", "sh", "-ec")
READ_ONLY = 'mount --bind "$0" "$0"; mount -o remount,bind,ro "$0"; exec "$@"'
# A disk of so many kilobytes more than its content; what it holds at the end is put beside it.
SMALL = """
used=$(du -sk "$0" | cut -f1)
cp -a "$0" "$0.whole"
mount -t tmpfs -o size=$((used + KILOBYTES))k none "$0"
cp -a "$0.whole/." "$0"
set +e
"$@"
code=$?
cp -a "$0" "$0.left"
exit $code
"""


def may_mount():
    """Whether this machine lets a test have mounts of its own."""
    if not shutil.which("unshare"):
        return False
    asked = [*MOUNTED, "mount -t tmpfs none /mnt && mount -o remount,bind,ro /mnt"]
    return subprocess.run(asked, capture_output=True).returncode == 0


can_mount = pytest.mark.skipif(not may_mount(), reason="this machine lets a test have no mounts of its own")


@can_mount
@pytest.mark.parametrize(
    ("folder", "line"),
    [
        ("", "_build/lock: found Read-only file system, expected a folder to write in"),
        ("_build", "_build/lock: found Read-only file system, expected a folder to write in"),
        (".snakemake", ".snakemake: found one that may only be read, expected a folder to write in"),
        ("_build/books", "_build/books: found one that may only be read, expected a folder to write in"),
        ("_build/site", "_build/site: found one that may only be read, expected a folder to write in"),
    ],
)
def test_a_folder_that_may_only_be_read_is_one_line(tree, folder, line):
    before = tree.site()
    tree.set_figure("98765")
    within = (*MOUNTED, READ_ONLY, str(tree.root / folder))
    assert tree.finish(tree.start("--lang", "zh", "--only", "html", within=within)) == (1, [], [line])
    assert tree.site() == before


@can_mount
@pytest.mark.parametrize("kilobytes", [100, 3000])
def test_a_full_disk_is_one_line_and_with_space_again_the_site_is_right(tree, kilobytes):
    before = tree.site()
    tree.set_figure("98765")
    made = tree.root / "_build"
    within = (*MOUNTED, SMALL.replace("KILOBYTES", str(kilobytes)), str(made))
    code, _, errors = tree.finish(tree.start("--lang", "zh", "--only", "html", "--cores", "2", within=within))
    assert (code, errors) == (1, ["_build: found no space left on the disk, expected some to write in"])
    # What was left on the small disk is what the next build finds.
    shutil.rmtree(made)
    (tree.root / "_build.left").rename(made)
    assert tree.site() == before
    code, _, errors = tree.build()
    assert (code, errors) == (0, [])
    assert "98765" in tree.page("summary")
