"""Calls: what the logs of 112 and of the agencies say, row by row."""
