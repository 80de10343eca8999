#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::config::Gateway;

fuzz_target!(|bytes: &[u8]| motcua_fuzz::callback(Gateway::Payos, bytes));
