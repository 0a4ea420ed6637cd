"""The documentation in docs/ as pages: of the product under /help/, and of a folder that build_docs writes."""
