"""Joins the floors: settings, addresses, Celery, error pages, commands that walk the whole house."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
