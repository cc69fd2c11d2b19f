"""What the CDN is told to forget, and when it is known that there is one."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.cdn import KEPT, Cdn
from chalicelib.domain.errors import Busy
from tests.connectors.trouble import Trouble, answer_in_xml

PATH = "/homeward/with-a-cdn"


@pytest.fixture
def aws(shared_aws: Aws) -> Iterator[Aws]:
    aws = Aws(shared_aws._session)
    yield aws
    aws.ssm.delete_parameters(Names=[f"{PATH}/cdn-distribution"])


@pytest.fixture
def distribution(aws: Aws) -> str:
    origin = {"Id": "page", "DomainName": "page.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    made: dict[str, Any] = aws.cloudfront.create_distribution(
        DistributionConfig={
            "CallerReference": uuid4().hex,
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "page",
                "ViewerProtocolPolicy": "allow-all",
                "MinTTL": 0,
                "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
            },
        }
    )
    return str(made["Distribution"]["Id"])


def _name(aws: Aws, distribution: str) -> None:
    aws.ssm.put_parameter(Name=f"{PATH}/cdn-distribution", Value=distribution, Type="String")


def _forgotten(aws: Aws, distribution: str) -> list[list[str]]:
    made = aws.cloudfront.list_invalidations(DistributionId=distribution)["InvalidationList"].get("Items", [])
    found = [aws.cloudfront.get_invalidation(DistributionId=distribution, Id=each["Id"]) for each in made]
    return [each["Invalidation"]["InvalidationBatch"]["Paths"]["Items"] for each in found]


def test_whatever_begins_so_is_asked_for_anew(aws: Aws, distribution: str) -> None:
    _name(aws, distribution)
    Cdn(aws, PATH).forget("renditions/aaaa/")
    assert _forgotten(aws, distribution) == [["/renditions/aaaa/*"]]


def test_the_same_can_be_forgotten_twice(aws: Aws, distribution: str) -> None:
    _name(aws, distribution)
    cdn = Cdn(aws, PATH)
    cdn.forget("renditions/aaaa/")
    cdn.forget("renditions/aaaa/")
    assert len(_forgotten(aws, distribution)) == 2


def test_a_stage_without_a_cdn_forgets_nothing_until_it_has_one(aws: Aws, distribution: str) -> None:
    seconds = 0.0
    cdn = Cdn(aws, PATH, lambda: seconds)
    cdn.forget("renditions/aaaa/")
    _name(aws, distribution)
    seconds = KEPT
    cdn.forget("renditions/aaaa/")
    assert _forgotten(aws, distribution) == []
    seconds = KEPT + 1
    cdn.forget("renditions/aaaa/")
    assert len(_forgotten(aws, distribution)) == 1


def test_a_cdn_that_was_removed_has_nothing_to_forget(aws: Aws) -> None:
    _name(aws, "E0000000000000")
    Cdn(aws, PATH).forget("renditions/aaaa/")


def test_a_cdn_with_too_much_to_do_says_that_trying_later_helps(aws: Aws, distribution: str) -> None:
    _name(aws, distribution)
    trouble = Trouble(aws.cloudfront)
    trouble.plan_always("CreateInvalidation", answer_in_xml(400, "TooManyInvalidationsInProgress"))
    with pytest.raises(Busy):
        Cdn(aws, PATH).forget("renditions/aaaa/")
