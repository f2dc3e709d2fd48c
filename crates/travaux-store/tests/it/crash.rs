//! A program killed in the middle of appending loses nothing that it had acknowledged.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use travaux_record::{Journal as _, verify};
use travaux_store::Store;

use crate::keeping::{origin, place, sealed};

/// Names the file to the child.
const FILE: &str = "TRAVAUX_CRASH_FILE";
const ENTRIES: usize = 4_000;

/// The child: appends one entry after another and says so after each; never comes to an end.
#[test]
fn appends_until_killed() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let mut store = Store::open(path.as_ref()).unwrap();
    let mut head = store.checkpoint().unwrap().head;
    let from = usize::try_from(head.size).unwrap();
    for sealed in &sealed(ENTRIES)[from..] {
        head = store.append(head, std::slice::from_ref(sealed)).unwrap().head;
        println!("\nacknowledged {}", head.size);
        std::io::stdout().flush().unwrap();
    }
    panic!("killed too late");
}

#[test]
fn nothing_acknowledged_is_lost() {
    let (_folder, path) = place();
    Store::create(&path, origin()).unwrap();
    let expected = sealed(ENTRIES);
    for round in 0..6 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::appends_until_killed", "--nocapture"])
            .env(FILE, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let acknowledged = output
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("acknowledged ")?.parse::<usize>().ok())
            .nth(5 + 7 * round)
            .expect("the child appends");
        // On Unix this is SIGKILL, which no program can catch.
        child.kill().unwrap();
        child.wait().unwrap();
        let store = Store::open(&path).unwrap();
        let kept = store.read(0).unwrap();
        assert!(kept.len() >= acknowledged, "{} kept of {acknowledged}", kept.len());
        assert_eq!(kept, expected[..kept.len()]);
        let report = verify(store.export().unwrap().as_bytes(), &[store.key().unwrap()]);
        assert!(report.is_intact(), "{report}");
    }
}
