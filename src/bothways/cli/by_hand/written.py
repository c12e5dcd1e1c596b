"""The files of a round: pairs with their reasons, those not served with theirs, the certificate."""

import csv
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from bothways.cli.by_hand.lists import People
from bothways.cli.by_hand.made import Round
from bothways.cli.by_hand.words import Words
from bothways.cli.running import Refusal
from bothways.matching import Market, explain
from bothways.people.rules.roster import formulas, writing

USUAL = ",;"
Pairs = NDArray[np.int64]  # (k, 2), seeker and giver


def not_served_beside(out: str) -> str:
    path = Path(out)
    return str(path.with_name(f"{path.stem}-not-served{path.suffix or '.csv'}"))


def pairs(market: Market, seekers: People, givers: People, chosen: Pairs) -> Iterator[Sequence[str]]:
    """A row for each introduction: both names and addresses, points, and why."""
    yield _("Seeks"), _("Address"), _("Gives"), _("Address of who gives"), _("Points"), _("Why")
    words = Words(market, seekers, givers)
    for i, j in chosen.tolist():
        seeker, giver = seekers.listed[i], givers.listed[j]
        parts = explain(market, i, j)
        yield (
            seeker.name,
            seeker.taking_part.key,
            giver.name,
            giver.taking_part.key,
            str(sum(part.points for part in parts)),
            words.reasons(i, j, parts),
        )


def not_served(of: Round) -> Iterator[Sequence[str]]:
    """A row for each who lacks somebody: why, and the smallest change that would help."""
    yield _("Name"), _("Address"), _("Wanted"), _("Has"), _("Why"), _("What would help")
    words = Words(of.market, of.seekers, of.givers)
    alike = Counter(why.changes[0].giver for why in of.whys if why.changes)
    for why in of.whys:
        one = of.seekers.listed[why.seeker]
        yield (
            one.name,
            one.taking_part.key,
            str(one.taking_part.places),
            str(int((of.made.pairs[:, 0] == why.seeker).sum())),
            words.why_unserved(why),
            words.change(why, alike[why.changes[0].giver] if why.changes else 0),
        )


def delimiter(*lists: People) -> str:
    """That of the first list which has commas or semicolons: as spreadsheets there take a file apart."""
    return next((people.delimiter for people in lists if people.delimiter in USUAL), USUAL[0])


def as_csv(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    """As spreadsheets read it, formulas made harmless."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([formulas.neutralised(cell) for cell in row] for row in rows)
    return writing.MARK + text.getvalue()


def refuse_the_lists(inputs: Iterable[str | None], outputs: Sequence[str]) -> None:
    """Nothing is written over what was read, nor over what was just written."""
    taken = {Path(path).resolve() for path in inputs if path}
    for path in outputs:
        if Path(path).resolve() in taken:
            raise Refusal(f"{path} would be written over. Name another file.")
        taken.add(Path(path).resolve())


def refuse_folders(outputs: Iterable[str]) -> None:
    """Before the work begins: each is or will be a file, in a folder that is there and can be written."""
    for path in outputs:
        with _named(path):
            _refuse_folder(Path(path))


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise Refusal(f"{path} is a folder. Name a file in it.")
    if path.exists() and not path.is_file():
        raise Refusal(f"{path} is no file but a device or a pipe. Name a file.")
    folder = path.parent if not path.is_symlink() else path.resolve().parent
    if not folder.is_dir():
        raise Refusal(f"There is no folder {folder}. Make it first, or name a file in another one.")
    try:
        TemporaryFile(dir=folder).close()
    except OSError as problem:
        raise Refusal(
            f"The folder {folder} cannot be written: {problem.strerror}. Name a file in another one."
        ) from None


def write(files: Mapping[str, str]) -> None:
    """All whole, or a `Refusal`: each is written beside its place first, of a link where it leads to."""
    beside = {path: Path(f"{Path(path).resolve()}.part-{os.getpid()}") for path in files}
    try:
        for path, part in beside.items():
            with _named(path):
                part.write_text(files[path], encoding="utf-8", newline="")
        for path, part in beside.items():
            with _named(path):
                part.replace(Path(path).resolve())
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


@contextmanager
def _named(path: str) -> Iterator[None]:
    """Whatever goes wrong beside it, this is the file that people know."""
    try:
        yield
    except OSError as problem:
        raise Refusal(f"{path} cannot be written: {problem.strerror}.") from None
