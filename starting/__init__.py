"""Setting up, starting and testing Concord with nothing but Python's own library.

These modules run before anything is installed, so they import no package and no other part of Concord.
"""
