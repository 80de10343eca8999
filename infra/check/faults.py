"""Faults that the check must find: the stage that finds it, name, text in the template, what is planted in its place, words of the complaint."""

PLANTED = [
    ("lint", "a runtime that does not exist", "Runtime: provided.al2023", "Runtime: provided.al2099", "cfn-lint E"),
    ("lint", "an attribute of no resource", "EventSourceArn: !GetAtt Table.StreamArn", "EventSourceArn: !GetAtt Tabel.StreamArn", "Tabel"),
    ("sam", "an unknown policy template", "      Policies:\n", "      Policies:\n        - DynamoDBReedPolicy: {TableName: !Ref Table}\n", "Policy at index 0"),
    ("rules", "a schedule in the wrong number", "Schedule: rate(5 minutes)", "Schedule: rate(1 minutes)", "is not a schedule expression"),
    ("lint", "a property that does not exist", "RetentionInDays:", "RetentionDays:", "RetentionDays"),
    ("rules", "a scan", "dynamodb:GetItem, dynamodb:BatchGetItem", "dynamodb:Scan, dynamodb:BatchGetItem", "nobody scans the table"),
    ("rules", "a right to delete dossiers", '["*#list#*", ', '["*#d#*", ', "nothing is deleted but"),
    ("rules", "a right to everything", "Resource: !Sub ${Table.Arn}/index/wake", 'Resource: "*"', "on every resource"),
    ("rules", "a table lost with its stack", "    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n    Properties:\n      TableName", "    Properties:\n      TableName", "would be lost with the stack"),
    ("rules", "a bucket open to the public", "BlockPublicPolicy: true", "BlockPublicPolicy: false", "may be opened to the public"),
    ("rules", "scans that can be overwritten", "      VersioningConfiguration: {Status: Enabled}\n", "", "what is overwritten is lost"),
    ("rules", "a right to delete scans", "Action: [s3:GetObject, s3:PutObject]", "Action: [s3:GetObject, s3:PutObject, s3:DeleteObject]", "nothing in a bucket is deleted"),
    ("rules", "scans of papers open to the public", '!Sub "${Papers.Arn}/notices/*"', '!Sub "${Papers.Arn}/*"', "the public reads scans of papers"),
    ("rules", "files of receipts among papers", "Resource: !Sub ${Papers.Arn}/receipts/*", "Resource: !Sub ${Papers.Arn}/*", "keeps files where papers lie"),
    ("rules", "paths that are keys in the access log", '"route":"$context.routeKey"', '"path":"$context.path"', "the access log holds"),
    ("rules", "a command open to everybody", 'Path: "/api/v1/dossiers/{id}/{command}", PayloadFormatVersion: "2.0", Auth: {Authorizer: Staff}', 'Path: "/api/v1/dossiers/{id}/{command}", PayloadFormatVersion: "2.0"', "does not ask for a staff token"),
    ("rules", "a stream read past the alias", "FunctionName: !Ref Notify.Alias", "FunctionName: !Ref Notify", "not on the alias"),
    ("rules", "a shard that one record can block", "      BisectBatchOnFunctionError: true\n", "", "without BisectBatchOnFunctionError"),
    ("rules", "a function that nobody watches", "MetricName: Throttles", "MetricName: Invocations", "no alarm on Throttles"),
    ("rules", "a crate without a function", "-portal-webhook\n      CodeUri", "-portal-hook\n      CodeUri", "a crate without a function"),
    ("rules", "callbacks that share their limit", '        "POST /portal/events": {', '        "POST /desk": {', "shares its limit with everybody"),
    ("rules", "public pages that share their limit", '        "GET /t/{token+}": {', '        "GET /desk": {', "shares its limit with everybody"),
    ("rules", "callbacks that are crowded out", '      ReservedConcurrentExecutions: !If [CallbacksReserved, !Ref CallbackConcurrency, !Ref "AWS::NoValue"]\n', "", "no copies are kept free"),
    ("rules", "keys of money at the portal", "Resource: [!Ref ConfigSecret, !Ref PortalsSecret]", "Resource: [!Ref ConfigSecret, !Ref PortalsSecret, !Ref MoneySecret]", "MoneySecret: is read by"),
    ("rules", "results of messages that share their limit", '        "POST /delivery/{agency}": {', '        "POST /desk/{proxy+}": {', "shares its limit with everybody"),
    ("rules", "keys of messages at the portal", "Resource: [!Ref ConfigSecret, !Ref PortalsSecret]", "Resource: [!Ref ConfigSecret, !Ref PortalsSecret, !Ref MessagesSecret]", "MessagesSecret: is read by"),
    ("rules", "people in failed batches for a quarter of a year", "ExpirationInDays: 14", "ExpirationInDays: 90", "for longer than two weeks"),
    ("rules", "alarms that go nowhere", 'AlarmTopicArn: {Type: String, ', 'AlarmTopicArn: {Type: String, Default: "", ', "alarms may go nowhere"),
    ("rules", "no alarm on what SMS cost", "MetricName: SMSMonthToDateSpentUSD", "MetricName: SMSSuccessRate", "no alarm on SMSMonthToDateSpentUSD"),
    ("rules", "closed entries that nobody hears of", 'FilterPattern: \'"configuration entries closed"\'', 'FilterPattern: \'"configuration opened"\'', "has closed an entry"),
]

# The same for the template that stands in front.
PLANTED_IN_FRONT = [
    ("front", "a front without its firewall", "        WebACLId: !GetAtt Firewall.Arn\n", "", "stands before no firewall"),
    ("front", "an office that anybody reaches", "            OriginCustomHeaders: [{HeaderName: x-motcua-front, HeaderValue: !Ref FrontKey}]\n", "", "does not prove itself"),
    ("front", "a firewall of another place", "Scope: CLOUDFRONT", "Scope: REGIONAL", "guards no CloudFront"),
    ("front", "pages with people that are stored", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "658327ea-f89d-4fab-a63d-7e88639e58f6", "stores what it passes on"),
    ("front", "queries in its log", "cs-uri-stem,", "cs-uri-stem, cs-uri-query,", "logs cs-uri-query"),
    ("front", "a property that does not exist", "AllowedMethods:", "TakenMethods:", "cfn-lint E"),
]
