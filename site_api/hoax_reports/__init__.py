"""Hoax reports: what citizens tell of nuisance and false calls; the event only, no names or numbers."""
