"""Checks infra/template.yaml and infra/front.yaml, and that the check itself finds planted faults.

First `sam validate`; then the template expanded by samtranslator goes through cfn-lint, which sees little in the
unexpanded one; then the rules of this project, on the expanded one as well. A planted fault goes through the one stage
that should find it, since a whole check takes seconds.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import boto3
from cfnlint.api import ManualArgs, lint
from samcli.yamlhelper import yaml_parse
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

import faults
import rules

ROOT = Path(__file__).resolve().parents[2]
REGION = os.environ["AWS_DEFAULT_REGION"]
# The firewall of CloudFront lives nowhere else.
FRONT_REGION = "us-east-1"


def validated(text):
    """What `sam validate` complains of."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(text)
        file.flush()
        sam = Path(sys.executable).with_name("sam")
        run = subprocess.run([sam, "validate", "--template", file.name], capture_output=True, text=True)
    return [] if run.returncode == 0 else [f"sam validate: {(run.stderr or run.stdout).strip()}"]


def expanded(text):
    """The template as CloudFormation will get it, or what is wrong with it."""
    template = yaml_parse(text)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            # Packaging would put the upload's address here; the translator takes no folder.
            resource["Properties"]["CodeUri"] = "s3://packed/bootstrap.zip"
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=REGION))
    try:
        return translator.translate(template, {}), []
    except InvalidDocumentException as error:
        return None, [f"samtranslator: {cause.message}" for cause in error.causes]


def linted(template, region=REGION):
    """What cfn-lint complains of; a warning counts."""
    matches = lint(json.dumps(template, indent=1), config=ManualArgs(regions=[region]))
    return [f"cfn-lint {match.rule.id}: {match.message}" for match in matches]


def checked(text, stages=("sam", "lint", "rules")):
    """What the named stages find wrong with a template."""
    found = validated(text) if "sam" in stages else []
    if stages == ("sam",):
        return found
    template, errors = expanded(text)
    if template is None:
        return found + errors
    if "lint" in stages:
        found += linted(template)
    if "rules" in stages:
        found += rules.broken(template, text, ROOT / "functions")
    return found


def front(text):
    """What is wrong with the template that stands in front. It is CloudFormation as it is, of one region."""
    template = yaml_parse(text)
    return linted(template, FRONT_REGION) + list(rules.front(template))


def missed(text, planted=faults.PLANTED, check=checked):
    """The planted faults that are not found, and how many are."""
    sentences = []
    for stage, name, old, new, expected in planted:
        if old not in text:
            sentences.append(f"planted fault '{name}': there is no longer such a place to plant it in")
            continue
        found = check(text.replace(old, new, 1), (stage,))
        if not any(expected in complaint for complaint in found):
            sentences.append(f"planted fault '{name}' was not found by {stage}; instead: {found}")
    return sentences, len(planted) - len(sentences)


def main():
    # The translator warns that its usage figures were not published.
    logging.getLogger("samtranslator").setLevel(logging.ERROR)
    text = (ROOT / "infra/template.yaml").read_text()
    wrong = [f"infra/template.yaml: {complaint}" for complaint in checked(text)]
    before = (ROOT / "infra/front.yaml").read_text()
    wrong += [f"infra/front.yaml: {complaint}" for complaint in front(before)]
    passed = 0 if wrong else 1
    not_found, found = missed(text)
    also_not_found, more = missed(before, faults.PLANTED_IN_FRONT, lambda text, _: front(text))
    not_found, found = not_found + also_not_found, found + more
    examples = rules.schedule_examples_that_fail()
    passed += found + (0 if examples else 1)
    wrong += not_found + examples
    for sentence in wrong:
        print(sentence)
    print(f"template: {passed} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
