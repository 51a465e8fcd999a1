"""Which public data do we carry for a first look? Each beside its licence; README.md says where it comes from."""

from importlib.resources import files
from pathlib import Path

HERE = Path(str(files(__name__)))
KCS2022 = tuple(HERE / f"kcs2022_{part}.csv.gz" for part in ("train", "valid", "test"))  # mapping "kcs2022"
TRAFFIC_FINES = HERE / "traffic_fines.parquet"  # mapping "eventlog"
