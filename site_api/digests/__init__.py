"""The daily mail that tells reviewers what waits for them."""
