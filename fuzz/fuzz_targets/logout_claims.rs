#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| properties::holds("logout_claims", data));
