"""Which rules are in force on a day, and do they hold in practice? Made, amended, repealed; read as of any day; measured."""
