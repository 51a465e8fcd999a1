"""Import is written twice: here once more, slow and plain, and compared on generated files."""

from decimal import Decimal, InvalidOperation

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake
from guanjian.ingest.receipt import Counts

HEAD = "entry_id,item_no,hs_code,value_cny,currency"
ROW = st.tuples(
    st.sampled_from(["A", "B", ""]),
    st.sampled_from(["1", "2", "1.0", "x"]),
    st.sampled_from(["123456", "8471300000", "12"]),
    st.sampled_from(["1", "1.00", "2.5", "", "1.00001"]),
    st.sampled_from(["USD", ""]),
)
FILES = st.lists(st.lists(ROW, min_size=1, max_size=8), min_size=1, max_size=4)


def plain_value(text):
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value == round(value, 4) else None


def plain_row(row):
    """The row as the contract has it, or None when it breaks the contract."""
    entry, number, hs, value, currency = row
    if not entry or number == "x" or len(hs) < 6 or plain_value(value) is None:
        return None
    return (entry, int(float(number))), (hs, plain_value(value), currency or None)


class PlainLake:
    """What is known of every key, in the order in which it was learned."""

    def __init__(self):
        self.known = {}
        self.files = {}

    def bring(self, rows):
        text = tuple(rows)
        if text in self.files:
            read, aside = self.files[text]
            return Counts(read, 0, aside, read - aside)
        accepted = aside = duplicates = revisions = 0
        for row in rows:
            read = plain_row(row)
            if read is None:
                aside += 1
                continue
            key, content = read
            history = self.known.setdefault(key, [])
            if history and history[-1] == content:
                duplicates += 1
                continue
            revisions += bool(history)
            history.append(content)
            accepted += 1
        self.files[text] = (len(rows), aside)
        return Counts(len(rows), accepted, aside, duplicates, revisions)

    def now(self):
        return {key: history[-1] for key, history in self.known.items()}


def found(ask, lake, as_of=None):
    rows = ask(lake.select("items", as_of))
    assert len({(row["entry_id"], row["item_no"]) for row in rows}) == len(rows)
    return {(r["entry_id"], r["item_no"]): (r["hs_code"], r["value_cny"], r["currency"]) for r in rows}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES)
def test_import_equals_its_plain_reading(files, tmp_path_factory, ask):
    folder = tmp_path_factory.mktemp("plain")
    lake, plain, states = Lake.open(folder / "lake", create=True), PlainLake(), []
    for number, rows in enumerate(files):
        path = folder / f"items.{number}.csv"
        path.write_text("\n".join([HEAD, *(",".join(row) for row in rows)]) + "\n")
        assert ingest([path], lake).tables["items"] == plain.bring(rows)
        states.append((lake.batches()[-1].learned_at, plain.now()))
    assert found(ask, lake) == plain.now()
    for moment, state in states:
        assert found(ask, lake, moment) == state
