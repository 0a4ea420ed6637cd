"""The same jobs through Concord's API and through those of other tools, in one run, beside bare Django views."""
