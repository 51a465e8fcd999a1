"""What of the catalogue is counted, on which side, and from which week of the records on."""

from datetime import date, timedelta

import pandas as pd

from guanjian.risk.gather import bad_side, counted, settled
from guanjian.signals.catalogue import indicator_catalogue
from guanjian.signals.indicator import Means, Worse


def test_of_a_share_that_should_be_high_those_that_lack_it_are_counted():
    known = indicator_catalogue().values()
    low = next(i for i in known if i.means is Means.SHARE and i.worse is Worse.LOWER)
    rows = pd.DataFrame(
        [(low.code, "2201", "CLR-EXAM", "2026-W10", 90.0, 100.0, 0.9)],
        columns=["indicator_code", "unit_code", "line_code", "week", "cases", "exposure", "value"],
    )
    assert bad_side(rows, [low])["cases"].tolist() == [10.0]
    assert bad_side(rows.assign(cases=20.0), [low]).empty


def test_the_first_weeks_of_what_looks_back_are_not_compared():
    known = [i for i in indicator_catalogue().values() if i.settles]
    late, plain = next(i for i in known if i.code == "I-GOV-01"), indicator_catalogue()["I-CLR-02"]
    mondays = [date(2026, 1, 5) + timedelta(weeks=k) for k in range(20)]
    rows = pd.DataFrame(
        [(one.code, "2201", "CLR", day, 0.0, 5.0 * (k > 1)) for one in (late, plain) for k, day in enumerate(mondays)],
        columns=["indicator_code", "unit_code", "line_code", "week", "cases", "exposure"],
    )
    kept = settled(rows, [late, plain])
    assert kept[kept["indicator_code"] == late.code]["week"].min() == mondays[2] + timedelta(weeks=late.settles)
    assert (kept["indicator_code"] == plain.code).sum() == 20


def test_references_and_ratios_of_amounts_are_not_scanned():
    for one in indicator_catalogue().values():
        assert counted(one) == (one.means in (Means.SHARE, Means.COUNT) and one.worse is not Worse.NEITHER)
