"""Accounts for the tests, and the record of what they called."""

import itertools
import urllib.request

import pytest
from botocore.exceptions import ClientError, ParamValidationError

from accounts import SERVICES, Account, organize, session

# The first id of an account of a test; an account of its own for each.
ids = itertools.count(200000000001)


def pytest_addoption(parser):
    parser.addoption("--endpoint", required=True, help="where the reference is served")


def pytest_collection_modifyitems(items):
    # What was never granted is known once all else has run.
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def pytest_configure(config):
    config.addinivalue_line("markers", "last: runs after all others")


@pytest.fixture(scope="session")
def endpoint(request):
    return request.config.getoption("--endpoint")


@pytest.fixture(scope="session")
def account(endpoint):
    """Makes an account in which nothing was done yet."""
    return lambda **config: Account(endpoint, str(next(ids)), **config)


@pytest.fixture
def owner(account):
    return account()


@pytest.fixture
def consumer(account):
    return account()


@pytest.fixture
def organization(account):
    """A management account that shares with its organization, and a member of it."""
    management = account()
    return management, organize(management)


@pytest.fixture(scope="session")
def granted():
    """The operations that were granted so far, by service; those of a probe do not count."""
    seen = set()

    def note(model, http_response, context, **_):
        if http_response.status_code < 300 and not context.get("probing"):
            seen.add((model.service_model.service_name, model.name))

    session().events.register("after-call", note)
    return seen


@pytest.fixture(scope="session", autouse=True)
def recording(granted):
    """Begins the record before the first test."""


@pytest.fixture(scope="session", autouse=True)
def forgotten(endpoint):
    """Makes the endpoint one where nothing was done yet, whatever was before."""
    urllib.request.urlopen(f"{endpoint}/_bellwether/reset", data=b"").close()


def least(model):
    """The least arguments with which boto3 makes a request."""
    shape = model.input_shape
    members = shape.members if shape else {}
    path = {
        name: "x" if member.type_name == "string" else 1
        for name, member in members.items()
        if member.serialization.get("location") == "uri"
    }
    # botocore signs copies in the region that they come from.
    return path | ({"SourceRegion": "us-east-1"} if "SourceRegion" in members else {})


def answers(account):
    """The answer of each operation to a request that says nothing, by service and operation."""
    found = {}
    for name, service in SERVICES.items():
        client = getattr(account, name)
        client.meta.events.register_first(
            "before-parameter-build",
            lambda context, **_: context.update(probing=True),
            unique_id="probing",
        )
        for method, operation in client.meta.method_to_api_mapping.items():
            model = client.meta.service_model.operation_model(operation)
            if model.auth_type == "none":
                # Its caller is nobody yet, and the reference tells accounts by their signatures.
                continue
            try:
                answer = getattr(client, method)(**least(model))
            except ClientError as error:
                answer = error.response
            except ParamValidationError:
                continue
            found[service, operation] = answer
    return found


@pytest.fixture(scope="session")
def answered(account):
    """The answers to requests that say nothing, from an account without validation of parameters."""
    return answers(account(parameter_validation=False))


@pytest.fixture(scope="session")
def not_served():
    """The codes that say that an operation is not served."""
    return {"InvalidAction", "UnknownOperationException"}
