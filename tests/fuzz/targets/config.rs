#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = motcua::config::Config::per_channel(text, motcua::config::Host::Public);
});
