"""Measures against misuse of 112: the upper steps of the fair ladder; none of them touches the line."""
