"""Was the work outside the office done where, when and by whom the record says? 外勤作业, on site and offline."""
