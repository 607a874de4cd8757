"""Other people's registers: their entries read, matched with incidents, and compared."""
