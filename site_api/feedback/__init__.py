"""Feedback (masukan): complaint, suggestion, request for information, praise."""
