"""What this project asks of its template beyond what the linters know. Each rule yields sentences."""

import json
import re

UNITS = ("minute", "hour", "day")
ENVIRONMENT = {"MOTCUA_TABLE", "MOTCUA_CONFIG_SECRET"}
# The only variables that an access log may hold; nothing that carries the query.
LOGGED = {
    "requestId",
    "httpMethod",
    "path",
    "routeKey",
    "status",
    "responseLatency",
    "responseLength",
    "integrationErrorMessage",
}


def broken(template, source, functions_folder):
    resources = template["Resources"]
    return [
        *schedules(resources),
        *functions(resources, source, functions_folder),
        *policies(resources),
        *table(resources),
        *buckets(resources),
        *stream(resources),
        *door(resources),
        *alarms(resources),
    ]


def schedule_is_valid(expression):
    """EventBridge's own rule, which no linter knows: rate(1 minute) but rate(5 minutes), cron(…) with six fields."""
    rate = re.fullmatch(r"rate\(([1-9]\d*) ([a-z]+)\)", expression)
    if rate:
        count, unit = int(rate[1]), rate[2]
        return unit in UNITS if count == 1 else unit.endswith("s") and unit[:-1] in UNITS
    cron = re.fullmatch(r"cron\((.+)\)", expression)
    if not cron:
        return False
    fields = cron[1].split(" ")
    # One of day of month and day of week must be left open.
    return len(fields) == 6 and all(fields) and [fields[2], fields[4]].count("?") == 1


def schedule_examples_that_fail():
    good = ["rate(1 minute)", "rate(5 minutes)", "rate(1 hour)", "rate(7 days)", "cron(0 1 ? * MON-FRI *)"]
    bad = ["rate(1 minutes)", "rate(5 minute)", "rate(0 minutes)", "rate(5 seconds)", "rate(5 Minutes)", "5 minutes",
           "cron(0 1 * * *)", "cron(0 1 * * * *)", "rate(5  minutes)", ""]
    return [f"{example!r} should be valid" for example in good if not schedule_is_valid(example)] + [
        f"{example!r} should be refused" for example in bad if schedule_is_valid(example)
    ]


def of_type(resources, kind):
    return {name: resource for name, resource in resources.items() if resource["Type"] == kind}


def schedules(resources):
    rules = of_type(resources, "AWS::Events::Rule")
    if not rules:
        yield "nothing runs on a schedule"
    for name, rule in rules.items():
        expression = rule["Properties"].get("ScheduleExpression")
        if expression is not None and not schedule_is_valid(expression):
            yield f"{name}: {expression!r} is not a schedule expression"


def functions(resources, source, folder):
    found = set()
    for name, function in of_type(resources, "AWS::Lambda::Function").items():
        properties = function["Properties"]
        crate = properties["FunctionName"]["Fn::Sub"].removeprefix("${AWS::StackName}-")
        found.add(crate)
        if f"CodeUri: ../target/lambda/{crate}/\n" not in source:
            yield f"{name}: no CodeUri is the build folder of {crate}"
        if set(properties.get("Environment", {}).get("Variables", {})) != ENVIRONMENT:
            yield f"{name}: its environment is not {sorted(ENVIRONMENT)}"
        if properties["Architectures"] != ["arm64"]:
            yield f"{name}: not arm64"
        if not any(
            alias["Properties"]["FunctionName"] == {"Ref": name} and alias["Properties"]["Name"] == "live"
            for alias in of_type(resources, "AWS::Lambda::Alias").values()
        ):
            yield f"{name}: has no alias `live`"
        log = resources.get(properties.get("LoggingConfig", {}).get("LogGroup", {}).get("Ref"), {})
        if "RetentionInDays" not in log.get("Properties", {}):
            yield f"{name}: its log is kept for ever"
    crates = {path.parent.name for path in folder.glob("*/Cargo.toml")}
    for crate in sorted(found ^ crates):
        yield f"{crate}: a crate without a function or a function without a crate"


def policies(resources):
    for name, role in of_type(resources, "AWS::IAM::Role").items():
        for arn in role["Properties"].get("ManagedPolicyArns", []):
            if not str(arn).endswith("/AWSLambdaBasicExecutionRole"):
                yield f"{name}: the managed policy {arn} grants more than one function needs"
        for policy in role["Properties"].get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                yield from too_much(name, statement)


def too_much(name, statement):
    actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
    for action in actions:
        if "*" in action:
            yield f"{name}: the action {action} is a pattern"
        if action == "dynamodb:Scan":
            yield f"{name}: nobody scans the table"
        if action.startswith("s3:Delete"):
            yield f"{name}: nothing in a bucket is deleted but by its own expiry"
        if action == "dynamodb:DeleteItem" and not only_what_can_be_made_anew(statement):
            yield f"{name}: nothing is deleted but by its own expiry"
    if "NotResource" in statement and actions != ["sns:Publish"]:
        yield f"{name}: {actions} on all but some resources"
    if statement.get("Resource") == "*":
        yield f"{name}: {actions} on every resource"


# Partitions that follow from dossiers.
MADE_ANEW = {"*#list#*", "*#find#*", "*#projection#*", "*#counts", "*#totals#*"}


def only_what_can_be_made_anew(statement):
    condition = statement.get("Condition", {})
    leading = condition.get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", [])
    # Without a key at all, "for all values" would hold.
    present = condition.get("Null", {}).get("dynamodb:LeadingKeys") == "false"
    return bool(leading) and set(leading) <= MADE_ANEW and present


def table(resources):
    counts = {"AWS::DynamoDB::Table": 1, "AWS::KMS::Key": 1, "AWS::SecretsManager::Secret": 1, "AWS::S3::Bucket": 2}
    for kind, count in counts.items():
        kept = of_type(resources, kind)
        if len(kept) != count:
            yield f"{len(kept)} resources of type {kind}"
        for name, resource in kept.items():
            if (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy")) != ("Retain", "Retain"):
                yield f"{name}: would be lost with the stack"
    properties = resources["Table"]["Properties"]
    wanted = {
        "DeletionProtectionEnabled": True,
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        "BillingMode": "PAY_PER_REQUEST",
        "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
        "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
    }
    for key, value in wanted.items():
        if properties.get(key) != value:
            yield f"Table: {key} is {properties.get(key)}"
    if not resources["DataKey"]["Properties"].get("EnableKeyRotation"):
        yield "DataKey: is never rotated"
    if "KMSMasterKeyId" not in properties.get("SSESpecification", {}):
        yield "Table: not under our own key"
    indexes = {index["IndexName"]: index["Projection"]["ProjectionType"] for index in properties["GlobalSecondaryIndexes"]}
    if indexes != {"wake": "KEYS_ONLY"}:
        yield f"Table: its indexes are {indexes}"


PRIVATE = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")


def buckets(resources):
    encrypted_only = {
        policy["Properties"]["Bucket"]["Ref"]
        for policy in of_type(resources, "AWS::S3::BucketPolicy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Deny" and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    }
    for name, bucket in of_type(resources, "AWS::S3::Bucket").items():
        properties = bucket["Properties"]
        blocked = properties.get("PublicAccessBlockConfiguration", {})
        if not all(blocked.get(way) is True for way in PRIVATE):
            yield f"{name}: may be opened to the public"
        rules = properties.get("BucketEncryption", {}).get("ServerSideEncryptionConfiguration", [{}])
        if "KMSMasterKeyID" not in rules[0].get("ServerSideEncryptionByDefault", {}):
            yield f"{name}: not under our own key"
        if name not in encrypted_only:
            yield f"{name}: is spoken to without TLS"
    if resources["Papers"]["Properties"].get("VersioningConfiguration") != {"Status": "Enabled"}:
        yield "Papers: what is overwritten is lost"
    if "LifecycleConfiguration" in resources["Papers"]["Properties"]:
        yield "Papers: what is kept is forgotten"
    for name, role in of_type(resources, "AWS::IAM::Role").items():
        if "Papers" in json.dumps(role["Properties"].get("Policies", [])) and name != "DeskRole":
            yield f"{name}: only the desk has to do with scans"


def stream(resources):
    for name, mapping in of_type(resources, "AWS::Lambda::EventSourceMapping").items():
        properties = mapping["Properties"]
        target = resources.get(properties["FunctionName"].get("Ref"), {})
        if target.get("Type") != "AWS::Lambda::Alias":
            yield f"{name}: not on the alias"
        for key in ("BisectBatchOnFunctionError", "MaximumRetryAttempts", "DestinationConfig", "FilterCriteria"):
            if not properties.get(key):
                yield f"{name}: without {key} one bad record stops its shard"
        if properties.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{name}: a batch is repeated whole"


# It tells of the program and of nobody's dossier.
DESCRIPTION = "/api/openapi.json"


def door(resources):
    for path, methods in resources["Api"]["Properties"]["Body"]["paths"].items():
        for method, operation in methods.items():
            guarded = any("Staff" in scheme for scheme in operation.get("security", []))
            if (path.startswith("/api/") and path != DESCRIPTION) != guarded:
                yield f"{method.upper()} {path}: {'asks partners' if guarded else 'does not ask'} for a staff token"
    for name, stage in of_type(resources, "AWS::ApiGatewayV2::Stage").items():
        properties = stage["Properties"]
        if not {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= set(properties.get("DefaultRouteSettings", {})):
            yield f"{name}: lets any number of requests through"
        line = properties["AccessLogSettings"]["Format"]
        for variable in re.findall(r"\$([A-Za-z.]+)", line):
            if variable.removeprefix("context.") not in LOGGED:
                yield f"{name}: the access log holds ${variable}"
        if not isinstance(json.loads(line), dict):
            yield f"{name}: a line of the access log is not JSON"


def alarms(resources):
    watched = {
        (alarm["Properties"]["MetricName"], dimension["Value"].get("Ref"))
        for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
        for dimension in alarm["Properties"].get("Dimensions", [])
    }
    filtered = {
        filter["Properties"]["LogGroupName"]["Ref"] for filter in of_type(resources, "AWS::Logs::MetricFilter").values()
    }
    for name, function in of_type(resources, "AWS::Lambda::Function").items():
        for metric in ("Errors", "Throttles"):
            if (metric, name) not in watched:
                yield f"{name}: no alarm on {metric}"
        if function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"] not in filtered:
            yield f"{name}: nobody would hear that its configuration could not be refreshed"
    for metric in ("IteratorAge", "Invocations", "5xx", "ApproximateNumberOfMessagesVisible"):
        if metric not in {watch for watch, _ in watched}:
            yield f"no alarm on {metric}"
