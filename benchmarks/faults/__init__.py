"""Reports with one fault each, made from the findings of real runs, and whether ``research check`` finds the fault.

    python -m benchmarks.faults make DATA OUTPUTS          # six runs, of which three are on DATA (see ``making``)
    python -m benchmarks.faults try RUN... [--seed 1] [--faults 1200] [--list FILE] [--keep FOLDER]
    python -m benchmarks.faults speed RUN                  # a report of 100 pages, and malformed reports

A report is a template, written by hand as an analyst would write in that format, whose blanks are filled with
sentences that cite findings. Before anything is planted no report may get an error. Then one thing in one sentence is
made wrong, a report for each. A fault is found when a message of the right severity stands at that sentence.

- ``known``: what is known of a run: findings, their numbers, passages that can be quoted.
- ``writing``: the usual ways to write a number; ``sentences``: honest sentences.
- ``planting``, ``counting`` and ``quoting``: what can go wrong in a sentence.
- ``templates`` and ``formats``: reports in Markdown, Quarto, LaTeX, Word, OpenDocument, HTML, notebooks and text.
- ``judging``: calls the command and compares.

Nothing here imports the code of the command. What was measured stands in RESULTS.md beside this folder.
"""
