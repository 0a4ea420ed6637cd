"""Concord: releases, what a reader of the data gets."""
