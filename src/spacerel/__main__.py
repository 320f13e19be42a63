"""python -m spacerel"""

import gc

__all__ = ["main"]


def main() -> None:
    """The program `spacerel`, in a process of its own."""
    # A run is short and makes next to no circles, but looking for them is a twelfth of its time.
    gc.disable()
    from spacerel import cli

    try:
        cli.main()
    finally:
        gc.freeze()  # nor does the interpreter look for them on its way out


if __name__ == "__main__":
    main()
