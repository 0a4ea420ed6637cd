"""Keeping an installation: its backup and restore, projects that move house whole, backups by schedule.

Everything here speaks of tables and columns rather than of models, so that what is kept reads the same in either database.
"""
