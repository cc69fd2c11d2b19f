"""The key pair behind the addresses of private documents: who has one half signs them, the CDN checks with the other.

The private half is a secret like the others, made once and never read by a deploy; no function may read it as long as
none signs. The public half is a parameter beside it.
"""

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from infrastructure import foundation
from infrastructure.stages import Target

PRIVATE, PUBLIC = "documents-signing-key", "documents-public-key"
BITS, EXPONENT = 2048, 65_537  # the only length that CloudFront takes for RSA, and the usual exponent


def public_key(target: Target) -> str:
    """Give the public half in PEM, of a pair that is made the first time; "" where none is chosen."""
    if not target.choices.signing_key:
        return ""
    ssm, path = target.client("ssm"), foundation.secrets_path(target.stage)
    if kept := ssm.get_parameters(Names=[f"{path}/{PUBLIC}"])["Parameters"]:
        return str(kept[0]["Value"])
    made = generate_private_key(EXPONENT, BITS)
    # Another one that lies there has no public half yet, so nobody has been told of it.
    ssm.put_parameter(Name=f"{path}/{PRIVATE}", Value=_written(made), Type="SecureString", Overwrite=True)
    public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    ssm.put_parameter(Name=f"{path}/{PUBLIC}", Value=public, Type="String")
    return public


def _written(key: RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
