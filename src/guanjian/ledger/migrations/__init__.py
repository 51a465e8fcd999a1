"""How did the ledger's tables come to be as they are?"""
