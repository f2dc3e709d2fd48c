//! Instructions about a small text: what is understood is written and understood as the same again.

use std::sync::LazyLock;

use travaux_text::instruct::{instruction, understand};
use travaux_text::{BracketedDraft, IssuedText, ProposalKey, ProvisionId};

/// Words that mean something in an instruction.
pub(crate) const WORDS: &[&str] = &[
    "In article 1, ",
    "in paragraph 2, ",
    "paragraph 2 of article 1",
    "replace ",
    " by ",
    " with ",
    "insert ",
    "delete ",
    "after ",
    "before ",
    "at the end ",
    "the words from ",
    " to ",
    "“shall”",
    "“",
    "”",
    "\"may\"",
    "'",
    "‘",
    "’",
    "*",
    "`",
    "```\n",
    "the second occurrence of ",
    " wherever it occurs",
    "throughout ",
    "a new paragraph 2 bis: ",
    "a new subparagraph (d) reading ",
    "merge paragraphs 1 and 2",
    "move ",
    "the chapeau of ",
    "the title of ",
    "should read ",
    "should be deleted",
    "as follows:\n",
    "; ",
    ", and ",
    "\n- ",
    "1. ",
    "(a) ",
    "Editorial: ",
    "…",
    "everything after ",
    "the last sentence of ",
    "article 9999999999999999999999",
    "preambular paragraph 1",
    "\u{301}",
];

static TEXT: LazyLock<IssuedText> = LazyLock::new(|| {
    const SOURCE: &str = "# Convention\n\n## Article 1 Duties\n\n1. Each Party shall act, and \
        shall consult.\n\n2. Each Party may act:\n\n   (a) With care;\n\n   (b) In “good” time.\n\n\
        ## Article 2 Fees\n\nFees shall be fair.\n";
    let draft = BracketedDraft::read(SOURCE).expect("it is small");
    let provisions = draft.provisions().into_iter().map(|one| one.provision).collect();
    IssuedText::new(provisions).expect("it is a text")
});

/// What is understood is written, and that is understood as the same; what is refused says why.
pub(crate) fn read(written: &str) {
    let key = ProposalKey::new("P").expect("a key");
    let at = ProvisionId::new("article-1.1");
    match understand(&TEXT, &key, Some(&at), written) {
        Ok(read) => {
            let Ok(again) = instruction(&TEXT, &key, &read.changes) else { return };
            let back = understand(&TEXT, &key, None, &again).expect("what was written can be read");
            assert_eq!(back.changes, read.changes, "{again}");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
