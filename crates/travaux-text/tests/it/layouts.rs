//! What has been issued stays put: places, forms and numbers, whatever is tabled or withdrawn.

use proptest::prelude::*;
use travaux_text::{
    Form, Layout, LayoutBlock, Merge, Reader, SideName, cost, side_of, un_text, unattributed,
};

use crate::generate::{amended, merged, name};

const BASE: &str =
    "States Parties shall report promptly on measures taken and on difficulties met.";

fn side(name: &str) -> SideName {
    SideName::new(name).expect("a name")
}

fn tabled(sides: &[(&str, &str)]) -> Merge {
    Merge::with_sides(BASE, sides.iter().map(|(name, text)| (side(name), *text)))
        .expect("each name stands once")
}

/// All blocks, those within others too, with their form's name.
fn blocks(layout: &[LayoutBlock]) -> Vec<(std::ops::Range<usize>, &'static str)> {
    layout
        .iter()
        .flat_map(|block| {
            let (form, within): (_, &[LayoutBlock]) = match &block.form {
                Form::Plain => ("plain", &[]),
                Form::SideBySide => ("side by side", &[]),
                Form::StayOrLeave(within) => ("stay or leave", within),
            };
            let mut all = vec![(block.places.clone(), form)];
            all.extend(blocks(within));
            all
        })
        .collect()
}

fn check_sides(merge: &Merge, layout: &Layout) {
    let printed = merge.printed_with(layout);
    assert_eq!(printed.cost, cost(&printed.nodes));
    assert_eq!(side_of(&printed.nodes, &Reader::Base).as_deref(), Some(merge.base()));
    for name in merge.sides() {
        assert_eq!(side_of(&printed.nodes, &Reader::Side(name.clone())), merge.side(name));
    }
}

proptest! {
    #[test]
    fn printing_again_changes_nothing((base, sides) in amended()) {
        let merge = merged(&base, &sides);
        let first = merge.printed();
        prop_assert_eq!(merge.printed_with(&first.layout), first);
    }

    #[test]
    fn a_new_side_leaves_all_issued_blocks_in_place_and_form((base, sides) in amended()) {
        let Some((new, old)) = sides.split_last() else { return Ok(()) };
        let mut merge = merged(&base, old);
        let issued = merge.printed().layout;
        merge.table(name(old.len()), new).expect("a new name");
        let again = merge.printed_with(&issued).layout;
        let now = blocks(again.blocks());
        for block in blocks(issued.blocks()) {
            prop_assert!(now.contains(&block), "{:?} is gone from {:?}", block, now);
        }
        check_sides(&merge, &issued);
    }

    #[test]
    fn withdrawal_moves_no_other_block((base, sides) in amended()) {
        let Some((gone, kept)) = sides.split_last() else { return Ok(()) };
        let mut merge = merged(&base, kept);
        merge.table(name(kept.len()), gone).expect("a new name");
        let issued = merge.printed().layout;
        merge.withdraw(&name(kept.len()));
        let before = blocks(issued.blocks());
        for block in blocks(merge.printed_with(&issued).layout.blocks()) {
            prop_assert!(before.contains(&block), "{:?} is new beside {:?}", block, before);
        }
        check_sides(&merge, &issued);
    }

    #[test]
    fn a_pinned_block_keeps_every_side((base, sides) in amended(), from in 0_usize..8, len in 1_usize..6) {
        let merge = merged(&base, &sides);
        let from = from.min(merge.base_len());
        let end = (from + len).min(merge.base_len() + 1);
        for form in [Form::Plain, Form::SideBySide, Form::StayOrLeave(Vec::new())] {
            let mut layout = Layout::default();
            layout.pin(from..end, form).expect("nothing is in the way");
            check_sides(&merge, &layout);
            let again = merge.printed_with(&layout).layout;
            // A new deletion may enclose it; it is there all the same.
            prop_assert!(blocks(again.blocks()).iter().any(|block| block.0 == (from..end)));
        }
    }
}

#[test]
fn alternatives_are_numbered_as_they_were_tabled_and_keep_their_numbers() {
    let mut merge =
        tabled(&[("B", &BASE.replace("shall", "may")), ("A", &BASE.replace("shall", "should"))]);
    let layout = Layout::new([side("B"), side("A")]);
    let issued = merge.printed_with(&layout);
    // The base is 0; B was tabled first although its name comes second.
    assert_eq!(issued.layout.numbers(&issued.nodes), [[0, 2, 1]]);

    merge.withdraw(&side("B"));
    merge.table(side("0"), &BASE.replace("shall", "will")).expect("a new name");
    let layout = issued.layout.with_tabled([side("B"), side("A"), side("0")]);
    let again = merge.printed_with(&layout);
    assert_eq!(
        un_text(&again.nodes, &unattributed),
        "States Parties [shall / will / should] report promptly on measures taken and on \
         difficulties met."
    );
    // A's alternative is still the second, B's number is not given to another.
    assert_eq!(again.layout.numbers(&again.nodes), [[0, 3, 2]]);
}

#[test]
fn a_later_deletion_of_everything_encloses_what_was_issued() {
    let mut merge = tabled(&[("A", &BASE.replace("promptly", "fully"))]);
    let issued = merge.printed().layout;
    merge.table(side("B"), "").expect("a new name");
    assert_eq!(
        un_text(&merge.printed_with(&issued).nodes, &unattributed),
        "[States Parties shall report [promptly / fully] on measures taken and on difficulties met.]"
    );
}

#[test]
fn a_secretary_can_have_words_written_out_side_by_side() {
    let merge = tabled(&[("A", &BASE.replace("promptly", "fully"))]);
    let mut layout = Layout::default();
    // Tokens 4 to 7, "shall report promptly", are places 5 to 9.
    assert_eq!(merge.base_text(4..9), "shall report promptly");
    layout.pin(5..10, Form::SideBySide).expect("nothing is in the way");
    assert_eq!(
        un_text(&merge.printed_with(&layout).nodes, &unattributed),
        "States Parties [shall report promptly / shall report fully] on measures taken and on \
         difficulties met."
    );
    assert!(layout.release(&(5..10)));
    assert_eq!(merge.printed_with(&layout).nodes, merge.printed().nodes);
}

#[test]
fn a_pin_does_not_cut_a_block() {
    let mut layout = Layout::default();
    layout.pin(3..6, Form::SideBySide).expect("nothing is in the way");
    let error = layout.pin(5..8, Form::Plain).expect_err("the block is cut");
    assert_eq!(
        error.to_string(),
        "cannot pin places 5 to 8: the issued block of places 3 to 6 is only partly inside"
    );
    assert!(!error.hint().is_empty());
    assert!(layout.pin(4..4, Form::Plain).is_err());
    layout.pin(2..8, Form::StayOrLeave(Vec::new())).expect("the block is inside");
    assert_eq!(blocks(layout.blocks()), [(2..8, "stay or leave"), (3..6, "side by side")]);
}
