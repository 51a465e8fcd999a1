"""Where, in which line and since when is there more than normal? One scan over zones, branches and time windows."""

from guanjian.stats.scan.problem import Settings
from guanjian.stats.scan.result import Cluster, ScanResult
from guanjian.stats.scan.run import scan, temporal_scan, tree_scan
from guanjian.stats.scan.scores import Statistic
from guanjian.stats.scan.tree import Tree
from guanjian.stats.scan.zones import Zones, adjacent, administrative, circles, joined, network, single, whole

__all__ = [
    "Cluster",
    "ScanResult",
    "Settings",
    "Statistic",
    "Tree",
    "Zones",
    "adjacent",
    "administrative",
    "circles",
    "joined",
    "network",
    "scan",
    "single",
    "temporal_scan",
    "tree_scan",
    "whole",
]
