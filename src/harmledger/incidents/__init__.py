"""Claims to incidents: candidates, compare, cluster, accounts, grades."""
