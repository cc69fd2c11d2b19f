"""Those who build in CodeBuild, as the template `pipeline` allows them, with keys of their own in the local cloud."""

import json
from typing import Any

from infrastructure import templates
from tests.infrastructure.stage import Stage

OF_THE_BUS = ":rule/", ":rule/default/"  # as the local cloud writes a rule of the bus that AWS leaves unnamed

WITHOUT_RESOURCE = {  # what the local cloud asks for rights on everything for, where AWS names the rule
    "Effect": "Allow",
    "Action": ["events:PutTargets", "events:ListTargetsByRule", "events:RemoveTargets"],
    "Resource": "*",
}


def written(value: Any, names: dict[str, str]) -> Any:
    """Put names where a template refers to them."""
    match value:
        case {"Fn::Sub": str(text)}:
            for name, said in names.items():
                text = text.replace(f"${{{name}}}", said)
            return text
        case {"Ref": name}:
            return names[name]
        case dict():
            return {key: written(each, names) for key, each in value.items()}
        case list():
            return [written(each, names) for each in value]
    return value


def policy_of(role: str, stage: Stage, distribution: str) -> dict[str, Any]:
    """The policy of a builder, with the names of a stage."""
    names = {
        "AWS::Partition": "aws",
        "AWS::Region": stage.target.region,
        "AWS::AccountId": stage.target.account,
        "Stage": stage.name,
        "ReleasesBucket": stage.target.bucket("releases"),
        "SiteBucket": stage.target.bucket("site"),
        "Distribution": distribution,
    }
    resource = templates.load("pipeline")["Resources"][role]
    [policy] = resource["Properties"]["Policies"]
    document: dict[str, Any] = json.loads(json.dumps(written(policy["PolicyDocument"], names)).replace(*OF_THE_BUS))
    document["Statement"].append(WITHOUT_RESOURCE)
    return document


def key_of(role: str, stage: Stage, distribution: str) -> dict[str, str]:
    """Make somebody who may do what a builder may, and nothing else; tells the key as an environment has it."""
    iam, name = stage.client("iam"), f"{stage.name}-{role}"
    iam.create_user(UserName=name)
    iam.put_user_policy(
        UserName=name, PolicyName="build", PolicyDocument=json.dumps(policy_of(role, stage, distribution))
    )
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
