"""How every app says its part of the API: shapes, operations on routes, lists by cursor, versions, keys of repeated requests.

What an operation does stands in the app's own `api` modules; rules stand in the verbs they call.
"""
