//! What is written of a merge, and what comes back when it is read.

use crate::generate::{PIECES, amended, merged, name, text};
use proptest::prelude::*;
use travaux_text::{
    Alternative, Merge, Merged, Node, Reader, SideName, has_choice, html, notation, parse, un_text,
    unattributed,
};

fn amendments(base: &str, sides: &[(&str, &str)]) -> Merge {
    let sides = sides.iter().map(|(name, text)| (SideName::new(name).expect("a name"), *text));
    Merge::with_sides(base, sides).expect("each name stands once")
}

/// Trees that no merge gives, too: any nesting, any names.
fn trees() -> impl Strategy<Value = Vec<Node>> {
    let names = prop::sample::select(vec!["A", "b, c", "{x}", "\\", "]", " / ", "é"]);
    let readers = prop::collection::vec(names, 1..4);
    let leaf = text(PIECES, 4).prop_map(Node::Text);
    let node = leaf.prop_recursive(4, 24, 4, move |inner| {
        let nodes = prop::collection::vec(inner, 0..3).prop_map(joined);
        let alternative = (readers.clone(), nodes).prop_map(|(names, nodes)| {
            let reader = |name| SideName::new(name).map_or(Reader::Base, Reader::Side);
            Alternative { by: names.into_iter().map(reader).collect(), nodes }
        });
        prop::collection::vec(alternative, 1..4).prop_map(Node::Choice)
    });
    prop::collection::vec(node, 0..4).prop_map(joined)
}

/// A tree in which no text is empty and none stands beside another, as in every tree we make.
fn joined(nodes: Vec<Node>) -> Vec<Node> {
    let mut all: Vec<Node> = Vec::new();
    for node in nodes {
        match (all.last_mut(), node) {
            (_, Node::Text(text)) if text.is_empty() => {}
            (Some(Node::Text(last)), Node::Text(text)) => last.push_str(&text),
            (_, node) => all.push(node),
        }
    }
    all
}

/// What a reader of the page sees: no tags, no entities.
fn seen(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text += piece.split_once('>').map_or(piece, |(_, after)| after);
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, character)| text.replace(entity, character))
}

proptest! {
    #[test]
    fn the_notation_of_any_tree_reads_back(nodes in trees()) {
        let written = notation(&nodes);
        prop_assert_eq!(parse(&written), Ok(nodes), "{}", written);
    }

    #[test]
    fn reading_never_panics_and_what_is_read_reads_back(text in "[a\\[\\]{}/ ,\\\\]{0,24}") {
        if let Ok(nodes) = parse(&text) {
            prop_assert_eq!(parse(&notation(&nodes)), Ok(nodes));
        }
    }

    #[test]
    fn a_merge_reads_back_from_json((base, sides) in amended()) {
        let merge = merged(&base, &sides);
        let written = Merged::of(&merge);
        let read = Merged::from_json(&written.to_json());
        prop_assert_eq!(read.as_ref(), Ok(&written));
        for (at, side) in sides.iter().enumerate() {
            prop_assert_eq!(read.as_ref().unwrap().side(&name(at)), Some(side.clone()));
        }
    }

    #[test]
    fn html_shows_every_character_of_a_text_without_brackets(base in text(PIECES, 12)) {
        let nodes = Merge::new(&base).nodes();
        prop_assert_eq!(seen(&html(&nodes, &|_| None)), base.clone());
        prop_assert_eq!(un_text(&nodes, &unattributed), base);
    }

    #[test]
    fn html_without_attributions_reads_as_the_un_text_but_for_white_space((base, sides) in amended()) {
        let nodes = merged(&base, &sides).printed().nodes;
        let bare = |text: &str| text.replace(char::is_whitespace, "");
        prop_assert_eq!(bare(&seen(&html(&nodes, &|_| None))), bare(&un_text(&nodes, &unattributed)));
    }
}

#[test]
fn un_text_follows_the_practice_of_un_drafts() {
    let merge = amendments(
        "Each State Party shall ensure protection of rights.",
        &[
            ("A", "Each State Party shall ensure adequate protection of rights."),
            ("B", "Each State Party may ensure protection of rights."),
            ("C", "Each State Party shall ensure protection."),
        ],
    );
    assert_eq!(
        un_text(&merge.nodes(), &unattributed),
        "Each State Party [shall / may] ensure [adequate] protection [of rights]."
    );
    let by = |alternative: &Alternative| {
        let names: Vec<&str> = alternative.by.sides().map(SideName::as_str).collect();
        (!alternative.by.has_base()).then(|| names.join(", "))
    };
    assert_eq!(
        un_text(&merge.nodes(), &by),
        "Each State Party [shall / may (B)] ensure [adequate (A)] protection \
         [of rights / no text (C)]."
    );
}

#[test]
fn html_escapes_text_names_and_attributions() {
    let merge = amendments("a & b", &[("<x>", "a & c")]);
    assert_eq!(
        html(&merge.nodes(), &|reader| Some(format!("\"{reader}\""))),
        "a &amp; <span class=\"choice\"><span class=\"mark\">[</span>\
         <span class=\"alt base\"><del>b</del><span class=\"by\"> (&quot;base&quot;)</span></span>\
         <span class=\"mark\"> / </span><span class=\"alt other\" data-by=\"&lt;x&gt;\">\
         <ins>c</ins><span class=\"by\"> (&quot;&lt;x&gt;&quot;)</span></span>\
         <span class=\"mark\">]</span></span>"
    );
}

#[test]
fn json_is_the_contract() {
    let merge = amendments("shall report", &[("B", "may report"), ("A", "shall report")]);
    let nodes = r#"[{"choice":[{"by":["base","A"],"nodes":[{"text":"shall"}]},{"by":["B"],"nodes":[{"text":"may"}]}]},{"text":" report"}]"#;
    assert!(has_choice(&merge.nodes()));
    assert_eq!(
        Merged::of(&merge).to_json(),
        format!(
            r#"{{"base":"shall report","sides":["A","B"],"nodes":{nodes},"printed":{nodes},"cost":7}}"#
        )
    );
}

#[test]
fn json_that_breaks_a_promise_is_refused_with_the_reason() {
    let good =
        r#"{"base":"a","sides":["A"],"nodes":[{"text":"a"}],"printed":[{"text":"a"}],"cost":1}"#;
    assert!(Merged::from_json(good).is_ok());
    let choice = r#"[{"choice":[{"by":["base"],"nodes":[{"text":"a"}]},{"by":["B"],"nodes":[]}]}]"#;
    let deep = "[".repeat(2000);
    let table = [
        (good.replace("\"cost\":1", "\"cost\":2"), "`printed` does not cost 2"),
        (good.replace("\"A\"", "\"base\""), "cannot name a side `base`"),
        (good.replace("\"A\"", "\"A\",\"A\""), "names a side twice"),
        (good.replace("\"base\":\"a\"", "\"base\":\"b\""), "the text of `base` is not the same"),
        (good.replace(r#"[{"text":"a"}]"#, choice), "`B` does not have exactly one"),
        (good.replace("\"cost\"", "\"price\""), "unknown field `price`"),
        (good.replace(r#"{"text":"a"}"#, &deep), "nested more than"),
        ("{".to_owned(), "EOF while parsing an object at line 1 column 1"),
    ];
    for (json, reason) in table {
        let error = Merged::from_json(&json).unwrap_err();
        assert!(error.to_string().contains(reason), "{error} should say: {reason}");
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn the_notation_is_refused_where_it_departs() {
    let table = [
        ("a]", 1, "`]` has no partner"),
        ("[a]", 2, "`]` has no partner"),
        ("[a{base}", 8, "neither ` / ` nor `]` follows `}`"),
        ("[a{base} /b{A}]", 8, "neither ` / ` nor `]` follows `}`"),
        ("[a", 2, "the text ends too early"),
        ("[a{base", 7, "the text ends too early"),
        ("a\\b", 1, "`\\b` is no escape"),
        ("a\\", 1, "the text ends too early"),
        ("[a{}]", 3, "cannot name a side: the name is empty"),
    ];
    for (text, offset, reason) in table {
        let error = parse(text).unwrap_err();
        assert_eq!(error.offset, offset, "{text}: {error}");
        assert!(error.to_string().contains(reason), "{error} should say: {reason}");
    }
    let deep = "[".repeat(300);
    assert!(parse(&deep).unwrap_err().to_string().contains("nested more than 250 deep"));
}
