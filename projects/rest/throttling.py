"""How many requests one person, or one address that is not signed in, may send in a minute."""

from rest_framework.throttling import UserRateThrottle


class PerMinute(UserRateThrottle):
    scope = "api"
