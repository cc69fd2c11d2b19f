"""The key pair behind the addresses of private documents: who has one half signs them, the CDN checks with the other.

The private half is a secret like the others, made once; no function may read it as long as none signs.
"""

from contextlib import suppress

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from infrastructure import foundation
from infrastructure.stages import Target

NAME = "documents-signing-key"
BITS, EXPONENT = 2048, 65_537  # the only length that CloudFront takes for RSA, and the usual exponent


def public_key(target: Target) -> str:
    """Give the public half in PEM, of a pair that is made the first time; "" where none is chosen."""
    if not target.choices.signing_key:
        return ""
    ssm, name = target.client("ssm"), f"{foundation.secrets_path(target.stage)}/{NAME}"
    with suppress(ssm.exceptions.ParameterAlreadyExists):
        ssm.put_parameter(Name=name, Value=_new_private_key(), Type="SecureString", Overwrite=False)
    kept = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    public = load_pem_private_key(kept.encode(), password=None).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _new_private_key() -> str:
    made = generate_private_key(EXPONENT, BITS)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
