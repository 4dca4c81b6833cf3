"""All operations that boto3 knows of the services, served or not."""

import pytest

# Operations that can be granted by nothing that a test could do: they promote what AWS made of a policy.
NEVER_GRANTED = {
    ("ram", "PromotePermissionCreatedFromPolicy"),
    ("ram", "PromoteResourceShareCreatedFromPolicy"),
}


def code(answer):
    return answer.get("Error", {}).get("Code")


def test_nothing_but_answers_and_refusals_comes_back(answered):
    wrong = {
        operation: answer
        for operation, answer in answered.items()
        if answer["ResponseMetadata"]["HTTPStatusCode"] >= 500
        or not answer["ResponseMetadata"].get("RequestId")
        or (code(answer) or "a code").isdigit()
    }
    assert wrong == {}


def test_all_operations_of_ram_are_served(answered, not_served, owner):
    known = owner.ram.meta.service_model.operation_names
    missing = {it for it in known if code(answered["ram", it]) in not_served}
    # Younger than the SDK from which the operations were taken; refused in plain words.
    assert missing <= {"UpdatePermission"}


@pytest.mark.last
def test_all_operations_that_are_served_were_granted_once(answered, not_served, granted, request):
    if request.session.testscollected < 90:
        pytest.skip("a part of the tests does not call everything")
    served = {it for it, answer in answered.items() if code(answer) not in not_served}
    never = sorted(" ".join(it) for it in served - granted - NEVER_GRANTED)
    assert ", ".join(never) == ""
