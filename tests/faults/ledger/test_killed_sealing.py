"""A process killed with -9 between append and seal, or in the middle of sealing, loses nothing that was acknowledged."""

import random
import signal
import subprocess
import sys
import time

from guanjian.ledger.models import Entry
from guanjian.ledger.sequencer import seal_all
from guanjian.ledger.verify import verify


def start(place, mode):
    """The process, once it has begun to work."""
    command = [sys.executable, "-m", "tests.faults.ledger.appending", mode]
    return subprocess.Popen(command, env=place.environment, stdout=subprocess.PIPE, text=True, cwd=place.home)


def kill(process):
    """Kill it at once; what it had acknowledged."""
    process.send_signal(signal.SIGKILL)
    said = process.stdout.read().splitlines(keepends=True)
    process.wait()
    process.stdout.close()
    return {int(line) for line in said if line.endswith("\n")}


def sealed_ids():
    return set(Entry.objects.filter(sealed_index__isnull=False).values_list("id", flat=True))


def test_nothing_acknowledged_is_lost_when_killed_at_random_moments(rows):
    chance, acknowledged, killed = random.Random(7), set(), 0
    while killed < 4 or (len(acknowledged) <= 20 and killed < 60):  # a busy machine acknowledges less between two kills
        process = start(rows, "append and seal")
        acknowledged.add(int(process.stdout.readline()))
        time.sleep(chance.uniform(0, 0.3))
        acknowledged |= kill(process)
        assert verify().ok
        seal_all()
        assert acknowledged <= sealed_ids()
        killed += 1
    assert len(acknowledged) > 20
    assert verify().ok


def test_an_entry_killed_before_any_sealing_is_sealed_later(rows):
    process = start(rows, "append")
    first = int(process.stdout.readline())
    acknowledged = kill(process) | {first}
    assert verify().unsealed >= len(acknowledged)
    assert seal_all() >= len(acknowledged)
    assert acknowledged <= sealed_ids()
    assert verify().ok


def test_two_sequencers_on_one_stream_seal_each_entry_once(rows):
    sealers = [start(rows, "seal") for _ in range(2)]
    writer = start(rows, "append and seal")
    acknowledged = {int(writer.stdout.readline())}
    time.sleep(1)
    acknowledged |= kill(writer)
    for sealer in sealers:
        assert sealer.poll() is None, "a sequencer stumbled over the other"
        kill(sealer)
    seal_all()
    assert acknowledged <= sealed_ids()
    assert verify().ok
