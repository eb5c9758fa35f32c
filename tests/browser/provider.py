"""A small real OpenID Connect provider on 127.0.0.1: discovery, authorize, token, jwks.

It signs in at once whoever a test has put before it, with whatever claims.
"""

import base64
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "kundenkompass"
CLIENT_SECRET = "the secret between the two"  # noqa: S105 - a sample


@dataclass
class Provider:
    """Who signs in next, and what was asked."""

    url: str
    claims: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))

    def routes(self) -> list[Route]:
        """What an OpenID Connect client asks for."""
        return [
            Route("/.well-known/openid-configuration", self.discover),
            Route("/authorize", self.authorize),
            Route("/token", self.exchange, methods=["POST"]),
            Route("/jwks", lambda _: JSONResponse({"keys": [self.key.as_dict(private=False)]})),
        ]

    async def discover(self, _: Request) -> Response:
        """Where everything is."""
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def authorize(self, request: Request) -> Response:
        """Back to the client with a code, as if somebody had typed a password here."""
        asked = dict(request.query_params)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        answer = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{answer}", status_code=302)

    async def exchange(self, request: Request) -> Response:
        """A signed statement for a code, once, to the client that knows the secret."""
        sent = await request.form()
        basic = request.headers.get("authorization", "").removeprefix("Basic ")
        known = base64.b64decode(basic).decode() == f"{CLIENT}:{CLIENT_SECRET}" if basic else False
        asked = self.codes.pop(str(sent.get("code")), None)
        if not known or asked is None:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        now = int(time.time())
        statement = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": "4711",
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
            **self.claims,
        }
        token = jwt.encode({"alg": "RS256", "kid": "one"}, statement, self.key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})


@contextmanager
def providing(port: int) -> Iterator[Provider]:
    """The provider at work until the block ends."""
    provider = Provider(f"http://127.0.0.1:{port}")
    config = uvicorn.Config(
        Starlette(routes=provider.routes()), host="127.0.0.1", port=port, log_level="warning"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join()
