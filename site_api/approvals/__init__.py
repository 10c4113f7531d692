"""Requests of one person that a second one approves or refuses."""
