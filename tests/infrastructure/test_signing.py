"""The key pair of private documents: made once by a deploy that wants it, and good for what CloudFront asks."""

from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.signers import CloudFrontSigner
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from moto import mock_aws

from infrastructure import signing, templates, web
from infrastructure.permissions import FUNCTIONS, Place, policy
from infrastructure.stages import Choices, Target
from tests.builders import NOON

PARAMETER, PUBLIC = "/homeward/dev/documents-signing-key", "/homeward/dev/documents-public-key"
ADDRESS = "https://map.example.org/documents/9f2c"


@pytest.fixture
def target() -> Iterator[Target]:
    with mock_aws():
        yield Target("dev", boto3.Session(region_name="eu-central-1"), Choices(signing_key=True))


def test_without_the_choice_there_is_no_pair_and_no_private_document(target: Target) -> None:
    town = Target("dev", target.session)
    assert signing.public_key(town) == ""
    assert not town.client("ssm").describe_parameters()["Parameters"]
    given = web.cdn(town, documents_key="").parameters
    assert "DocumentSigners" not in templates.resolve(templates.load("web"), {"Stage": "dev", **given})["Resources"]


def test_the_pair_is_made_once_and_its_private_half_is_encrypted(
    target: Target, capfd: pytest.CaptureFixture[str]
) -> None:
    public = signing.public_key(target)
    assert signing.public_key(target) == public
    kept = target.client("ssm").get_parameters_by_path(Path="/homeward/dev")["Parameters"]
    assert {each["Name"]: each["Type"] for each in kept} == {PARAMETER: "SecureString", PUBLIC: "String"}
    assert "PRIVATE" not in public
    assert "PRIVATE" not in "".join(capfd.readouterr())
    given = web.cdn(target, documents_key=public).parameters
    assert given["DocumentsPublicKey"] == public
    resources = templates.resolve(templates.load("web"), {"Stage": "dev", **given})["Resources"]
    assert resources["DocumentKey"]["Properties"]["PublicKeyConfig"]["EncodedKey"] == {"Ref": "DocumentsPublicKey"}
    behaviors = resources["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
    [documents] = [each for each in behaviors if each["PathPattern"] == "/documents/*"]
    assert documents["TrustedKeyGroups"] == [{"Ref": "DocumentSigners"}]


def test_a_pair_whose_making_was_broken_off_is_made_anew(target: Target) -> None:
    first = signing.public_key(target)
    target.client("ssm").delete_parameter(Name=PUBLIC)
    second = signing.public_key(target)
    kept = target.client("ssm").get_parameter(Name=PARAMETER, WithDecryption=True)["Parameter"]["Value"]
    public = load_pem_private_key(kept.encode(), password=None).public_key()
    assert second == public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode() != first


def test_what_the_private_half_signs_the_public_one_accepts_and_nothing_else(target: Target) -> None:
    public = load_pem_public_key(signing.public_key(target).encode())
    kept = target.client("ssm").get_parameter(Name=PARAMETER, WithDecryption=True)["Parameter"]["Value"]
    private = load_pem_private_key(kept.encode(), password=None)
    assert isinstance(public, RSAPublicKey)
    assert isinstance(private, RSAPrivateKey)
    assert public.key_size == 2048
    padding, digest = PKCS1v15(), SHA1()  # noqa: S303 (the digest that CloudFront asks for)
    signer = CloudFrontSigner("K2JCJMDEHXQW5F", lambda text: private.sign(text, padding, digest))
    said = parse_qs(urlsplit(signer.generate_presigned_url(ADDRESS, NOON)).query)
    assert said["Key-Pair-Id"] == ["K2JCJMDEHXQW5F"]
    signature = b64decode(said["Signature"][0].translate(str.maketrans("-_~", "+=/")))
    statement = signer.build_policy(ADDRESS, NOON).encode()
    public.verify(signature, statement, padding, digest)
    with pytest.raises(InvalidSignature):
        public.verify(signature, statement.replace(b"9f2c", b"9f2d"), padding, digest)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_may_read_it(function: str) -> None:
    assert signing.PRIVATE not in str(policy(function, Place("dev", "123456789012", "eu-central-1")))
