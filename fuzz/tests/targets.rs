//! Every target reads its corpus and some mutations of it; the long runs are started by hand.

use std::path::Path;

use travaux_fuzz::{Mutations, TARGETS};

#[test]
fn every_target_reads_its_corpus_and_some_mutations() {
    for target in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
        let mut files: Vec<_> =
            std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        let corpus: Vec<Vec<u8>> =
            files.into_iter().map(|path| std::fs::read(path).unwrap()).collect();
        assert!(!corpus.is_empty(), "{} has no corpus", target.name);
        for input in &corpus {
            (target.read)(input);
        }
        let mutations = Mutations::new(&corpus, target.words, 7);
        let mut input = Vec::new();
        for run in 0..500 {
            mutations.fill(run, &mut input);
            (target.read)(&input);
        }
    }
}

#[test]
fn a_run_is_its_seed_and_its_number() {
    let corpus = [b"[shall][may]".to_vec(), b"1. a".to_vec()];
    let mutations = Mutations::new(&corpus, &["["], 3);
    let (mut first, mut again) = (Vec::new(), vec![1, 2, 3]);
    mutations.fill(41, &mut first);
    mutations.fill(42, &mut again);
    mutations.fill(41, &mut again);
    assert_eq!(first, again);
}
