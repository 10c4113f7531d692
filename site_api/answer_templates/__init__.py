"""Answers that desks keep ready, to begin from."""
