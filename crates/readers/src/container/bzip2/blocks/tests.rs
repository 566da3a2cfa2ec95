//! Streams made by Python's `bz2`, in hexadecimal digits, and what is in them.

use super::*;
use std::io::BufReader;

/// `The ferry stayed in port.` and a line end.
const ONE: &str = "425a683931415926535933b7c2b300000353800010400104002761dc202000229e90f50c8d3d42869a6001897488c45e36e392d99f5820be2ee48a70\
     a120676f8566";

/// 4 a, 5 b, 259 c, 1000 d, e, 4 a: runs just short enough and too long for one length.
const RUNS: &str = "425a6839314159265359d3ca78c3000005c101e0003e0000800008200031064c40da9a6a698d48d192ca86e3197f48da9470bb9229c284869e53c618";

/// `The ferry stayed in port on Thursday. ` 5,000 times, in blocks of 100 kB.
const BLOCKS: &str = "425a6831314159265359feba013600291c1380400104002761de2030013800a1a698002869a600029520d469a64d315089c542266a11335089dd4226\
     b5089e2a1136caa1137a844dea1135a844fd5089c88899a844e6a113d54227caa11315089d5422755089a54227750898a844e2a113ca844dea113c54\
     226d50898a844e6a1139a844d2a113c54227f3141592653592a4cb3a8000de11380400104002761de2030013800a1a698002869a600029548f4469ea\
     64f536812398123802479e2048ee048c4091a4091880918812310246f0247e81232048e2048cc091ea048f9012368123a8123a8123c4091dc091b409\
     1cc091a8123781234812310246d02466048cc091e2048d2048fe2ee48a70a121ae71638a";

/// Nothing.
const EMPTY: &str = "425a683917724538509000000000";

fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn content(bytes: &[u8], block: usize) -> io::Result<String> {
    let mut stream = BufReader::with_capacity(block, bytes);
    let mut content = String::new();
    Blocks::new(&mut stream).read_to_string(&mut content)?;
    Ok(content)
}

#[test]
fn streams_of_every_kind() {
    let check = |digits: &str, expected: &str| {
        for block in [1, 5, 8192] {
            assert!(content(&bytes(digits), block).unwrap() == expected, "{digits} {block}");
        }
    };
    check(ONE, "The ferry stayed in port.\n");
    let runs = ["aaaabbbbb", &"c".repeat(259), &"d".repeat(1000), "eaaaa"].concat();
    check(RUNS, &runs);
    check(BLOCKS, &"The ferry stayed in port on Thursday. ".repeat(5000));
    check(EMPTY, "");
    check(&[EMPTY, ONE, EMPTY, ONE].concat(), &"The ferry stayed in port.\n".repeat(2));
}

#[test]
fn whatever_is_cut_or_changed_fails() {
    let whole = bytes(ONE);
    for length in 1..whole.len() {
        assert!(content(&whole[..length], 8192).is_err(), "{length}");
    }
    // The last four bytes and the bits behind them are the stream's sum, which is not looked at.
    for place in 0..whole.len() - 5 {
        for bit in 0..8 {
            let mut changed = whole.clone();
            changed[place] ^= 1 << bit;
            let read = content(&changed, 8192);
            // Another size of blocks is allowed, and so is a longer list of tables than is used.
            let same = read.as_ref().is_ok_and(|text| text == "The ferry stayed in port.\n");
            assert!(read.is_err() || same, "{place} {bit}: {read:?}");
        }
    }
}
