"""Full-text search: one way to make tokens, two small back ends that hold them, one keyword in context over the text.

Pure: tokens, phrases, mentions. On rows: indexing (writes), finding (asks), log (searches worth citing).
"""
