//! `travaux demo` and `travaux serve`: the first line is an address, and it answers.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use crate::program::Folder;

/// A server that is stopped when the test is over.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Folder, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_travaux"))
            .args(args)
            .args(["--listen", "127.0.0.1:0"])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut first).unwrap();
        let address = first.trim_end().strip_prefix("http://").expect(&first).to_owned();
        Self { child, address }
    }

    /// Sends a form as a page of the workbench does; returns the whole answer.
    fn send(&self, path: &str, form: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (host, length) = (&self.address, form.len());
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asks for a page at once: the first line says that it answers.
    fn page(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).unwrap();
        assert!(page.starts_with("HTTP/1.1 200"), "{path}: {}", page.lines().next().unwrap());
        page
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn the_demo_answers_at_the_address_it_prints() {
    let folder = Folder::new();
    let page = Server::start(&folder, &["demo"]).page("/");
    assert!(page.contains("21 April 2023"), "{page}");
    let page = Server::start(&folder, &["demo", "--practice"]).page("/");
    assert!(page.contains("Migratory Rivers"), "{page}");
}

#[test]
fn what_is_added_to_a_record_while_it_is_served_is_shown() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["record", "init", "r.travaux"]).code, Some(0));
    let append = |entry: &str| {
        let args = ["record", "append", "-", "--record", "r.travaux", "--by", "SEC"];
        let run = folder.run_with(&args, entry);
        assert_eq!(run.code, Some(0), "{run}");
    };
    append(
        r#"{"at":"2031-05-01","fact":{"kind":"participant_admitted","participant":"SEC","name":"Secretariat","class":"secretariat"}}"#,
    );
    let server = Server::start(&folder, &["serve", "--record", "r.travaux"]);
    assert!(!server.page("/record").contains("Ruritania"));
    append(
        r#"{"at":"2031-05-02","fact":{"kind":"participant_admitted","participant":"RUR","name":"Ruritania","class":"state"}}"#,
    );
    // The file is looked at every second; a slow machine is given a minute.
    let shown = (0..600).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        server.page("/record").contains("Ruritania")
    });
    assert!(shown, "what was added is not shown");
}

#[test]
fn an_act_on_the_page_is_kept_in_the_database_and_nowhere_where_it_is_only_read() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["record", "init", "r.travaux"]).code, Some(0));
    let args = ["record", "append", "-", "--record", "r.travaux", "--by", "SEC"];
    let admitted = concat!(
        r#"{"at":"2031-05-01","fact":{"kind":"participant_admitted","participant":"SEC","name":"Secretariat","class":"secretariat"}}"#,
        "\n",
        r#"{"at":"2031-05-01","fact":{"kind":"process_opened","name":"Conference","short_name":"Conference","body":"Committee","mandate":[],"rules":"","procedure":"practice"}}"#,
    );
    let run = folder.run_with(&args, admitted);
    assert_eq!(run.code, Some(0), "{run}");
    std::fs::write(folder.path().join("ours.jsonl"), "").unwrap();
    let kept = || {
        let list = folder.run(&["record", "list", "--record", "r.travaux", "--json"]);
        String::from_utf8(list.out).unwrap()
    };
    let present = "as=SEC&line=present+20";
    let act = "as=SEC&line=open+%22First+meeting%22";
    for read_only in [&["--public"][..], &["--with", "ours.jsonl"][..]] {
        let args = [&["serve", "--record", "r.travaux"], read_only].concat();
        let answer = Server::start(&folder, &args).send("/procedure", act);
        assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
    }
    assert!(!kept().contains("First meeting"));
    let server = Server::start(&folder, &["serve", "--record", "r.travaux"]);
    server.send("/procedure", present);
    let answer = server.send("/procedure", act);
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(server.page("/procedure?as=SEC&as_of=2099-01-01").contains("First meeting"));
    assert!(kept().contains("First meeting"));
}

#[test]
fn a_port_in_use_is_said_with_a_hint() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = Folder::new();
    let run = folder.run(&["demo", "--listen", &address]);
    assert_eq!(run.code, Some(4), "{run}");
    let said = run.err.replace(&address, "ADDRESS");
    assert_eq!(
        said,
        "error: cannot listen on ADDRESS: another program listens there\n\
         hint: stop it, or take any free port: --listen 127.0.0.1:0\n"
    );
    for listen in ["nowhere", "127.0.0.1", "127.0.0.1:99999"] {
        let run = folder.run(&["demo", "--listen", listen]);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.err.contains("expected an address and a port"), "{run}");
    }
}
