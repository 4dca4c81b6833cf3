import os
import random
import time

import boto3
import jmespath
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

HOME = "us-east-1"
ASSUME_ROLE = os.environ.get("ACCOUNTS", "assume-role") != "access-key"
CONFIG = Config(parameter_validation=False, retries={"total_max_attempts": 2})


class Refused(Exception):
    """An answer that is no grant."""

    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code = code


class Account:
    """An account, and its clients."""

    def __init__(self, name, id=None):
        profile = os.environ.get(f"{name}_PROFILE")
        self.session = boto3.Session(profile_name=profile) if profile else None
        self.id = id or os.environ.get(name) or (
            self.client("sts", HOME).get_caller_identity()["Account"]
            if profile
            else str(random.randrange(10**11, 10**12))
        )
        if self.session is None:
            self.session = assumed(self.id) if ASSUME_ROLE else boto3.Session(self.id, "secret")

    def client(self, service, region):
        endpoint = os.environ["AWS_ENDPOINT_URL"]
        return self.session.client(service, region, endpoint_url=endpoint, config=CONFIG)

    def call(self, service, operation, region=HOME, **parameters):
        """The answer to a call; that to a list is read to its end."""
        client = self.client(service, region)
        try:
            paged = {"MaxResults", "maxResults", "NextToken", "nextToken"} & set(parameters)
            if client.can_paginate(operation) and not paged:
                return client.get_paginator(operation).paginate(**parameters).build_full_result()
            return getattr(client, operation)(**parameters)
        except ClientError as error:
            raise Refused(error.response["Error"]["Code"], str(error)) from error
        except BotoCoreError as error:
            raise Refused(type(error).__name__, str(error)) from error


def assumed(account):
    """A session with credentials for an account."""
    key = os.environ.get("AWS_ACCESS_KEY_ID", "111111111111")
    own = boto3.Session(key, os.environ.get("AWS_SECRET_ACCESS_KEY", "secret"))
    sts = own.client("sts", HOME, endpoint_url=os.environ["AWS_ENDPOINT_URL"], config=CONFIG)
    role = f"arn:aws:iam::{account}:role/reproduction"
    given = sts.assume_role(RoleArn=role, RoleSessionName="reproduction")["Credentials"]
    return boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])


def granted(account, *call, **parameters):
    """The answer to a call without which nothing can be played."""
    try:
        return account.call(*call, **parameters)
    except Refused as refused:
        raise RuntimeError(f"it can't be played: {call[1]} is refused: {refused}") from refused


def expect_granted(account, *call, **parameters):
    try:
        return account.call(*call, **parameters)
    except Refused as refused:
        pytest.fail(f"expected that {call[1]} is granted, observed {refused}")


def expect_refused(codes, account, *call, **parameters):
    """The call is refused with one of these codes; with any, if there are none."""
    wanted = f" with {' or '.join(codes)}" if codes else ""
    try:
        answer = account.call(*call, **parameters)
    except Refused as refused:
        if codes and refused.code not in codes:
            pytest.fail(f"expected that {call[1]} is refused{wanted}, observed {refused}")
        return
    if not codes or jmespath.search("Unsuccessful[0].Error.Code", answer) not in codes:
        pytest.fail(f"expected that {call[1]} is refused{wanted}, observed that it is granted")


def expect(facts, account, *call, **parameters):
    """The call is granted, and its answer shows these facts: what each is, its query, the values that will do."""
    end = time.monotonic() + float(os.environ.get("WAIT", "0"))
    while True:
        answer = expect_granted(account, *call, **parameters)
        shown = [(what, jmespath.search(query, answer), wanted) for what, query, wanted in facts]
        wrong = [fact for fact in shown if fact[1] not in fact[2]]
        if not wrong:
            return answer
        if time.monotonic() >= end:
            what, value, wanted = wrong[0]
            pytest.fail(f"expected {what}: {' or '.join(map(str, wanted))}, observed {value}")
        time.sleep(1)


@pytest.fixture
def undo():
    """The calls that remove what was made, the last one first."""
    calls = []
    yield lambda account, *call, **parameters: calls.append((account, call, parameters))
    for account, call, parameters in reversed(calls):
        try:
            account.call(*call, **parameters)
        except Refused:
            pass  # It is gone already, or something else holds it.
