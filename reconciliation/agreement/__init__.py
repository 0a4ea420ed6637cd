"""The numeric heart: which coded events are the same one, and how far coders agree.

Pure: frozen values in, frozen values out; numpy and scipy only, importable without Django.
Rows, projects and screens are left to `reconciliation/inputs.py` and the verbs above it.
"""
