"""Annotation on a cluster: a Dask scheduler and its workers, on other machines or as processes of this one.

``client`` is what the command does, ``workers`` who does the work, ``batches`` what travels, ``remote`` what happens on
a worker. Only ``client`` and ``workers`` import Dask, and only when a cluster is asked for.
"""
