"""Verifies proofs and heads without settings or database: `python -m site_api verify FILE --keys FILE`."""

from site_api.proving import commands

if __name__ == "__main__":
    commands(prog_name="python -m site_api")
