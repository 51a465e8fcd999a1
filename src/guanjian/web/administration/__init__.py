"""What do the three administrators see and change? Settings, accounts, the ledger: apart from all business and each other."""
