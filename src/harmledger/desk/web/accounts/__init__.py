"""Accounts: who may sign in, what each may do in a case, and the second factor."""
