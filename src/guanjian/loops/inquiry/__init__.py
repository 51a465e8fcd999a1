"""When a case is solved, who let it happen? 一案双查: five triggers, the look-back, and integrity clues, in a compartment."""
