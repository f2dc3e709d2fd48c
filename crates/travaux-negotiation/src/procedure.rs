//! What may happen next in a meeting, under which rule, and what is missing.
//!
//! Rules are data ([`Rules`]); what happened is the record's ([`Room`], a projection that knows no
//! rule); a [`Floor`] holds one against the other. It says what is in order, who may ask for it,
//! who decides and with which majority, and of what is not in order the rule, the reason and the
//! way out. An act against a rule has its effect like any other, and is named irregular. What a
//! file says is not modelled is not judged here; what is only recalled is shown as such.

mod act;
mod breach;
mod check;
mod floor;
mod next;
mod page;
mod proceedings;
mod question;
mod room;
pub mod rules;

pub use act::{ActError, Spoken, acts_as, speak};
pub use breach::{Breach, Cited};
pub use floor::Floor;
pub use next::{Actor, Decider, Move};
pub use page::rules_page;
pub use proceedings::{Irregular, Proceedings};
pub use question::{Passing, Question, Switches};
pub use room::{
    Debate, Inscribed, Matter, MatterState, MeetingState, Pending, Room, Ruled, Speaking,
    StandingObjection, Tabled, Voting,
};
pub use rules::{Known, Law, MotionKind, Rule, Rules, RulesError, Threshold};
