"""python -m spacerel"""

from spacerel.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
