#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| meguri_fuzz::reader("programs", data));
