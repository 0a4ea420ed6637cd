"""What a person reads in a release beside the data: the codebook and the reliability report.

Each is made once, of plain blocks, and written as Markdown, HTML and PDF from the same blocks.
"""
