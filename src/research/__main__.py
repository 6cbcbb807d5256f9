"""``python -m research``: the same as the command ``research``."""

from research.cli import main

if __name__ == "__main__":
    main()
