"""What this project asks of its template beyond what the linters know. Each rule yields sentences."""

import json
import re

UNITS = ("minute", "hour", "day")
ENVIRONMENT = {"MOTCUA_TABLE", "MOTCUA_CONFIG_SECRET", "MOTCUA_SECRETS_BY_USE"}
# What single functions are told beside that.
TOLD = {"delivery": {"MOTCUA_RECEIPTS_TOPIC"}}
# The functions that read the keys of each use.
KEPT_BY_USE = {
    "DeskSecret": {"Desk"},
    "MoneySecret": {"Citizen", "Desk", "PaymentCallback", "PaymentReconcile"},
    "PortalsSecret": {"PortalWebhook", "PostalWebhook"},
    "MessagesSecret": {"Notify", "DeadlineSweep", "Delivery"},
    "TellingSecret": {"PortalSync"},
    "OrderingSecret": {"PostalSync"},
    "LawfulReceiptsSecret": {"LawfulReceipts"},
}
# The only variables that an access log may hold; nothing that carries the query or a path, which may be a key.
LOGGED = {
    "requestId",
    "httpMethod",
    "routeKey",
    "status",
    "responseLatency",
    "responseLength",
    "integrationErrorMessage",
    "identity.sourceIp",
    "authorizer.claims.sub",
}


def broken(template, source, functions_folder):
    resources = template["Resources"]
    return [
        *schedules(resources),
        *functions(resources, source, functions_folder),
        *policies(resources),
        *secrets(resources),
        *table(resources),
        *buckets(resources),
        *stream(resources),
        *door(resources),
        *alarms(resources, template["Parameters"]),
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
        told = ENVIRONMENT | TOLD.get(crate, set())
        if set(properties.get("Environment", {}).get("Variables", {})) != told:
            yield f"{name}: its environment is not {sorted(told)}"
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


def secrets(resources):
    """Each role has its own keys and no other's, and a function is told of those that its role may read."""
    for secret, expected in KEPT_BY_USE.items():
        readers = {name for name, role in roles(resources) if secret in json.dumps(role["Properties"].get("Policies", []))}
        if readers != expected:
            yield f"{secret}: is read by {sorted(readers)} and not by {sorted(expected)}"
        told = {
            name
            for name, function in of_type(resources, "AWS::Lambda::Function").items()
            if secret in json.dumps(function["Properties"]["Environment"]["Variables"]["MOTCUA_SECRETS_BY_USE"])
        }
        if told != expected:
            yield f"{secret}: {sorted(told)} are told of it and not {sorted(expected)}"


def roles(resources):
    return [(name.removesuffix("Role"), role) for name, role in of_type(resources, "AWS::IAM::Role").items()]


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
    counts = {"AWS::DynamoDB::Table": 1, "AWS::KMS::Key": 1, "AWS::SecretsManager::Secret": 8, "AWS::S3::Bucket": 2}
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


# What an incident shows itself by, beside the functions' own failures.
WATCHED = (
    "IteratorAge",
    "Invocations",
    "4xx",
    "5xx",
    "ApproximateNumberOfMessagesVisible",
    "ReadThrottleEvents",
    "WriteThrottleEvents",
    "SMSMonthToDateSpentUSD",
    "ConfigurationEntriesClosed",
    "ConfigurationRefreshFailures",
    "DailyCaps",
)
# What every function logs of its configuration, in the words of the code.
CONFIGURATION = {
    '"configuration refresh failed"': "its configuration could not be refreshed",
    '"configuration entries closed"': "a mistake has closed an entry of its configuration",
}

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
    forgotten = resources["FailedBatches"]["Properties"]["LifecycleConfiguration"]["Rules"]
    if not any(rule["Status"] == "Enabled" and rule.get("ExpirationInDays", 999) <= 14 for rule in forgotten):
        yield "FailedBatches: people are kept in it for longer than two weeks"
    if "LifecycleConfiguration" in resources["Papers"]["Properties"]:
        yield "Papers: what is kept is forgotten"
    desk = json.dumps(resources["DeskRole"]["Properties"].get("Policies", []))
    if "s3:ListBucket" not in desk:
        yield "Papers: a scan that is gone reads as one that is not given today"
    for name, role in of_type(resources, "AWS::IAM::Role").items():
        if name == "DeskRole":
            continue
        for policy in role["Properties"].get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                if "Papers" not in json.dumps(statement):
                    continue
                if name in ("PortalSyncRole", "LawfulReceiptsRole"):
                    if statement["Action"] not in ("s3:PutObject", ["s3:PutObject"]):
                        yield f"{name}: does more with the files that it fetches than keep them"
                    if name == "LawfulReceiptsRole" and not json.dumps(statement["Resource"]).endswith('/receipts/*"}'):
                        yield f"{name}: keeps files where papers lie"
                elif name != "CitizenRole" or statement["Action"] not in ("s3:GetObject", ["s3:GetObject"]):
                    yield f"{name}: only the desk has to do with scans"
                else:
                    resources_of = statement["Resource"]
                    resources_of = resources_of if isinstance(resources_of, list) else [resources_of]
                    apart = ('/notices/*"}', '/receipts/*"}')
                    if not all(json.dumps(resource).endswith(apart) for resource in resources_of):
                        yield f"{name}: the public reads scans of papers"


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


# Gateways and portals, whose messages must not wait for anybody else's.
PARTNERS = ("/payments/", "/portal/", "/postal/", "/delivery/")
# Pages that anybody may ask for, as often as they like.
DOOR = ("/d", "/pay", "/t", "/citizen.css", "/notices", "/notices.atom", "/{office}")
KEPT_FREE = {"PaymentCallback": "CallbackConcurrency", "PortalWebhook": "PortalConcurrency"}

# It tells of the program and of nobody's dossier.
DESCRIPTION = "/api/openapi.json"


def door(resources):
    for path, methods in resources["Api"]["Properties"]["Body"]["paths"].items():
        for method, operation in methods.items():
            guarded = any("Staff" in scheme for scheme in operation.get("security", []))
            if (path.startswith("/api/") and path != DESCRIPTION) != guarded:
                yield f"{method.upper()} {path}: {'asks partners' if guarded else 'does not ask'} for a staff token"
    for name, parameter in KEPT_FREE.items():
        if parameter not in json.dumps(resources[name]["Properties"].get("ReservedConcurrentExecutions", 0)):
            yield f"{name}: no copies are kept free for it"
    for name, stage in of_type(resources, "AWS::ApiGatewayV2::Stage").items():
        properties = stage["Properties"]
        if not {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= set(properties.get("DefaultRouteSettings", {})):
            yield f"{name}: lets any number of requests through"
        apart = properties.get("RouteSettings", {})
        for path, methods in resources["Api"]["Properties"]["Body"]["paths"].items():
            for route in [f"{method.upper()} {path}" for method in methods if path.startswith(PARTNERS) or is_public(path)]:
                if not {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= set(apart.get(route, {})):
                    yield f"{route}: shares its limit with everybody"
        for route in apart:
            method, path = route.split(" ", 1)
            if method.lower() not in resources["Api"]["Properties"]["Body"]["paths"].get(path, {}):
                yield f"{route}: a limit of a route that is not there"
        line = properties["AccessLogSettings"]["Format"]
        for variable in re.findall(r"\$([A-Za-z.]+)", line):
            if variable.removeprefix("context.") not in LOGGED:
                yield f"{name}: the access log holds ${variable}"
        if not isinstance(json.loads(line), dict):
            yield f"{name}: a line of the access log is not JSON"


def is_public(path):
    return path == "/" or any(path == start or path.startswith(f"{start}/") for start in DOOR)


def alarms(resources, parameters):
    topic = parameters["AlarmTopicArn"]
    if "Default" in topic or "AllowedPattern" not in topic:
        yield "AlarmTopicArn: alarms may go nowhere"
    for name, alarm in of_type(resources, "AWS::CloudWatch::Alarm").items():
        if alarm["Properties"].get("AlarmActions") != [{"Ref": "AlarmTopicArn"}]:
            yield f"{name}: nobody hears it"
    watched = {
        (alarm["Properties"]["MetricName"], dimension["Value"]["Ref"])
        for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
        for dimension in alarm["Properties"].get("Dimensions", [])
        if isinstance(dimension["Value"], dict) and "Ref" in dimension["Value"]
    }
    filtered = {
        (filter["Properties"]["LogGroupName"]["Ref"], filter["Properties"]["FilterPattern"])
        for filter in of_type(resources, "AWS::Logs::MetricFilter").values()
    }
    for name, function in of_type(resources, "AWS::Lambda::Function").items():
        for metric in ("Errors", "Throttles"):
            if (metric, name) not in watched:
                yield f"{name}: no alarm on {metric}"
        for pattern, told in CONFIGURATION.items():
            if (function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"], pattern) not in filtered:
                yield f"{name}: nobody would hear that {told}"
    heard = {alarm["Properties"]["MetricName"] for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()}
    for metric in WATCHED:
        if metric not in heard:
            yield f"no alarm on {metric}"


def front(template):
    """What is asked of the template that stands in front."""
    resources = template["Resources"]
    firewall = resources["Firewall"]["Properties"]
    if firewall["Scope"] != "CLOUDFRONT":
        yield "Firewall: guards no CloudFront"
    rates = [rule["Statement"].get("RateBasedStatement", {}) for rule in firewall["Rules"] if "Block" in rule["Action"]]
    if not rates or any(rate.get("AggregateKeyType") != "IP" for rate in rates):
        yield "Firewall: does not count by the address"
    distribution = resources["Front"]["Properties"]["DistributionConfig"]
    if distribution.get("WebACLId") != {"Fn::GetAtt": ["Firewall", "Arn"]}:
        yield "Front: stands before no firewall"
    for origin in distribution["Origins"]:
        if origin["CustomOriginConfig"]["OriginProtocolPolicy"] != "https-only":
            yield "Front: speaks to the office without TLS"
        proofs = {header["HeaderName"]: header["HeaderValue"] for header in origin.get("OriginCustomHeaders", [])}
        if proofs.get("x-motcua-front") != {"Ref": "FrontKey"}:
            yield "Front: does not prove itself to the office"
    behaviour = distribution["DefaultCacheBehavior"]
    if behaviour["CachePolicyId"] != NOTHING_STORED or distribution.get("CacheBehaviors"):
        yield "Front: stores what it passes on"
    if behaviour["OriginRequestPolicyId"] != ALL_PASSED_ON:
        yield "Front: does not pass on everything that is signed"
    logged = {field for log in of_type(resources, "AWS::Logs::Delivery").values() for field in log["Properties"]["RecordFields"]}
    if "c-ip" not in logged:
        yield "Front: nobody knows afterwards who asked"
    for field in logged & {"cs-uri-query", "cs(Cookie)", "cs(Referer)"}:
        yield f"FrontLogDelivery: logs {field}"
    if not template["Parameters"]["FrontKey"].get("NoEcho"):
        yield "FrontKey: is shown"
    topic = template["Parameters"]["AlarmTopicArn"]
    if "Default" in topic or not of_type(resources, "AWS::CloudWatch::Alarm"):
        yield "AlarmTopicArn: alarms may go nowhere"


# AWS's own policies, CachingDisabled and AllViewerExceptHostHeader.
NOTHING_STORED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
ALL_PASSED_ON = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
