"""The ledger at the shell: verify it, seal it, prove an entry, hand out checkpoints, check what others handed out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from guanjian.cli import open_office
from guanjian.kernel.errors import BrokenLedger
from guanjian.kernel.words import Text

out_option = click.option("--out", type=click.Path(dir_okay=False), help="Write to this file instead of the screen.")


def both(text: Text) -> str:
    """A line in both languages."""
    return f"{text.zh} | {text.en}"


def _write(lines: Iterator[str], out: str | None) -> None:
    """The file appears under its name only when it is whole."""
    if out is None:
        for line in lines:
            click.echo(line, nl=False)
        return
    aside = Path(f"{out}.part")
    with aside.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    aside.replace(out)
    click.echo(out, err=True)


@click.group()
def command() -> None:
    """Verify, seal, prove and export the ledger; exit code 6 when something does not agree."""


@command.command()
@click.option("--against", multiple=True, type=click.Path(exists=True), help="A checkpoint kept elsewhere; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
def verify(against: tuple[str, ...], as_json: bool) -> None:
    """Read the whole ledger: every entry, link, root and signature, and the loops' records. Says which entry broke."""
    open_office()
    from guanjian.ledger.verify import verify as whole

    progress = _bar() if sys.stderr.isatty() else None
    report = whole(progress, [Path(name).read_text(encoding="utf-8") for name in against])
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        for breach in report.breaches:
            click.echo(f"✗ {both(breach.text())}")
        if report.ok:
            click.echo(f"✓ {both(report.text())}")
    if not report.ok:
        raise BrokenLedger(report.text())


def _bar():
    from tqdm import tqdm

    bar = tqdm(unit=" entries", file=sys.stderr, leave=False)

    def show(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return show


@command.command()
def seal() -> None:
    """Seal what waits in every stream, note the streams' heads at headquarters, and seal that."""
    open_office()
    from guanjian.ledger.headquarters import note_heads
    from guanjian.ledger.sequencer import seal_all

    count = seal_all()
    if note_heads() is not None:
        count += seal_all()
    click.echo(both(Text(f"已封存 {count} 条。", f"{count} entries sealed.")))


@command.command()
@click.argument("subject")
@out_option
def proof(subject: str, out: str | None) -> None:
    """Prove every sealed entry of SUBJECT (for example alert/12): one JSON document a line, for `ledger check`."""
    open_office()
    from guanjian.ledger.proving import proofs_of

    _write((json.dumps(each, ensure_ascii=False) + "\n" for each in proofs_of(subject)), out)


@command.command()
@click.option("--stream", help="A district's code; 0000 for headquarters. By default every stream.")
@click.option("--since", type=click.Path(exists=True), help="A kept checkpoint: prove that the stream only grew since.")
@click.option("--key", "show_key", is_flag=True, help="Print the public keys instead, for others to keep.")
@out_option
def checkpoint(stream: str | None, since: str | None, show_key: bool, out: str | None) -> None:
    """Print the newest checkpoint of each stream: short signed texts for other offices to keep."""
    open_office()
    from guanjian.ledger import custody, proving

    if since:
        document = proving.growth(Path(since).read_text(encoding="utf-8"))
        return _write(iter([json.dumps(document, ensure_ascii=False) + "\n"]), out)
    streams = [stream] if stream else proving.streams()
    if show_key:
        return _write((f"{custody.verifier(name)}\n" for name in streams), out)
    return _write(iter(["\n".join(proving.newest_checkpoint(name).text for name in streams)]), out)


@command.command()
@click.argument("stream")
@out_option
def export(stream: str, out: str | None) -> None:
    """Write a whole stream with its newest checkpoint as JSON Lines: an archive that `ledger check` verifies alone."""
    open_office()
    from guanjian.ledger.proving import exported

    _write((json.dumps(line, ensure_ascii=False) + "\n" for line in exported(stream)), out)


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--key", help="The public key that you had before (`ledger checkpoint --key`): trust comes from it.")
def check(file: str, key: str | None) -> None:
    """Check a checkpoint, proof or export on any machine: needs no database and no settings."""
    from guanjian.ledger.offline import check as check_lines

    with Path(file).open(encoding="utf-8") as lines:
        for said in check_lines(lines, key):
            click.echo(f"✓ {both(said)}")
    if key is None:
        words = Text(
            "公钥取自文件本身：只说明文件自洽。请用 --key 给出事先保存的公钥。",
            "The key came with the file, so only its consistency is shown; give the key you kept with --key.",
        )
        click.echo(f"! {both(words)}", err=True)
