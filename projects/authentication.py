"""`Authorization: Bearer concord_...` for programs."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from projects import tokens


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request):
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = tokens.owner_of(secret.strip())
        if token is None:
            raise AuthenticationFailed("This token is unknown, revoked or has expired.")
        # projects/access.py holds the person to the project and the rights the token is for.
        token.user.token_project_id = token.project_id
        token.user.token_rights = token.rights
        return token.user, token

    def authenticate_header(self, request):
        return 'Bearer realm="concord"'
