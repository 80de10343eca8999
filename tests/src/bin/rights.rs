//! Lists the rights that the template allows and no story needed: `rights FILE`, where FILE holds the used ones (the
//! tests write it where `MOTCUA_RIGHTS_USED` says). Fails if any is left over that is not explained here.

use std::collections::BTreeSet;
use std::process::ExitCode;

use motcua_local::rights::{Use, allowed};

/// Rights that AWS itself uses on a function's behalf, so that no story can: the statement, and why it is needed.
const BY_AWS: [(&str, &str); 5] = [
    ("ReadConfiguration", "read in init, where the stories give the configuration"),
    ("UseKey", "asked for by DynamoDB, S3 and Secrets Manager on the function's behalf"),
    ("ReadTheStream", "used by the stream mapping"),
    ("KeepFailedBatches", "used by the stream mapping for batches that were given up"),
    ("SeeTheBucketOfFailedBatches", "asked for by the stream mapping when it is made"),
];

fn main() -> ExitCode {
    let Some(file) = std::env::args().nth(1) else {
        eprintln!("rights: which file holds what was used?");
        return ExitCode::FAILURE;
    };
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("rights: {file}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let used: BTreeSet<Use> = text.lines().filter_map(parse).collect();
    let mut left_over = 0;
    for (function, statement, action) in allowed().difference(&used) {
        match BY_AWS.iter().find(|(name, _)| name == statement) {
            Some((_, why)) => println!("{function}: {action} by {statement}: {why}"),
            None => {
                left_over += 1;
                println!("{function}: {action} by {statement}: no story needs it");
            }
        }
    }
    println!("{} rights used, {left_over} left over", used.len());
    if left_over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn parse(line: &str) -> Option<Use> {
    let mut parts = line.split('\t').map(str::to_owned);
    Some((parts.next()?, parts.next()?, parts.next()?))
}
