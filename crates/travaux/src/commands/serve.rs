//! `travaux serve` and `travaux demo`: the workbench over HTTP, until interrupted.
//!
//! It opens a port and hands it over; what is answered there is the business of `travaux-server`.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::civil::Date;
use tokio::net::TcpListener;
use travaux_record::{Entry, Fact, Ledger, ParticipantId, verify};
use travaux_server::{Recorder, Settings, Viewers, Workbench, serve};
use travaux_store::Store;

use super::floor::entries;
use super::record::copy::{in_words, seal_in_words};
use super::record::write::{refused, salted};
use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::{Opened, RecordArgs};
use crate::shipped::Shipped;
use crate::streams::Streams;

/// How often a database that is served is looked at for what others have added.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Where to listen.
#[derive(Debug, clap::Args)]
struct ListenArgs {
    /// The address and port to listen on. Port 0 picks a free one.
    ///
    /// Listening beyond this machine (0.0.0.0) lets whoever reaches it read as any viewer unless
    /// --public is given.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: String,
}

/// Opens the shipped negotiation in the workbench.
///
/// Prints the address as its first line once it answers, and serves until interrupted (Ctrl-C).
/// What opens is the United Nations cybercrime convention on the last day of its fifth session.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux demo                            # at http://127.0.0.1:8080
  travaux demo --practice                 # an invented conference, to learn on
  travaux demo --listen 127.0.0.1:0       # on any free port; read it from the first line")]
pub(crate) struct DemoArgs {
    /// The practice conference of invented States instead.
    #[arg(long)]
    practice: bool,
    #[command(flatten)]
    listen: ListenArgs,
}

/// Serves the workbench on a record.
///
/// Prints the address as its first line once it answers, and serves until interrupted (Ctrl-C).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux serve --record conference.travaux
  travaux serve --record copy.jsonl --with our-red-lines.jsonl --listen 127.0.0.1:0
  travaux serve --record conference.travaux --listen 0.0.0.0:8080 --public")]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    record: RecordArgs,
    #[command(flatten)]
    listen: ListenArgs,
    /// Show only what is public, whoever asks.
    #[arg(long)]
    public: bool,
    /// Let acts of a meeting be recorded also by whoever reaches the address from beyond this machine.
    ///
    /// On this machine the Procedure page records them wherever a database is served as it is: not with
    /// --public, nor with --with. One acts as the viewer chosen.
    #[arg(long, conflicts_with_all = ["public", "with"])]
    record_acts: bool,
}

pub(super) fn demo(args: &DemoArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let shipped = if args.practice { Shipped::Practice } else { Shipped::Case };
    run(shipped.open()?, &args.listen, (Viewers::Anybody, Acts::Never), streams)
}

pub(super) fn run_serve(args: &ServeArgs, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let viewers = if args.public { Viewers::PublicOnly } else { Viewers::Anybody };
    // What is laid over a record is nobody else's: no act of a meeting is judged by it.
    let acts = match (args.public || args.record.is_laid_over(), args.record_acts) {
        (true, _) => Acts::Never,
        (false, true) => Acts::Always,
        (false, false) => Acts::OnThisMachine,
    };
    run(args.record.open()?, &args.listen, (viewers, acts), streams)
}

/// From where acts of a meeting may be recorded on the pages.
#[derive(Clone, Copy)]
enum Acts {
    /// From nowhere.
    Never,
    /// From this machine alone.
    OnThisMachine,
    /// From wherever the address is reached.
    Always,
}

fn run(
    opened: Opened,
    listen: &ListenArgs,
    (viewers, acts): (Viewers, Acts),
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| CommandError::environment(format!("cannot start the server: {error}")))?;
    runtime.block_on(async {
        let listener = bind(&listen.listen).await?;
        let address = listener
            .local_addr()
            .map_err(|error| CommandError::environment(format!("cannot listen: {error}")))?;
        let workbench = Workbench::new(opened.record, Settings { viewers, opening_view: None });
        if let Some(export) = opened.export {
            let report = verify(&export, &[]);
            workbench.verified(seal_in_words(&report));
            if !report.is_intact() {
                streams.remark(format_args!("warning: {}", in_words(&report, None).trim_end()));
            }
        }
        // From here on connections are taken: the port is open, and the record is in memory.
        streams.print(format!("http://{address}\n"))?;
        streams.flush()?;
        streams.remark(format_args!("serving {}; stop with Ctrl-C", opened.name));
        warn_if_exposed(address, viewers, streams);
        if let Some(file) = opened.database {
            let may_record = match acts {
                Acts::Never => false,
                Acts::OnThisMachine => address.ip().is_loopback(),
                Acts::Always => true,
            };
            // Who may only read the file still serves it.
            let keeper = may_record.then(|| Keeper::open(&file, &workbench)).and_then(Result::ok);
            if may_record && keeper.is_none() {
                streams.remark("the file can only be read: no acts are recorded from the pages");
            }
            let workbench = workbench.clone();
            std::thread::spawn(move || {
                let followed = match keeper {
                    Some(keeper) => keeper.follow(),
                    None => follow(&file, &workbench),
                };
                if let Err(error) = followed {
                    // The server goes on with what was read before.
                    drop(error.print(&mut io::stderr().lock()));
                }
            });
        }
        serve(listener, workbench, interrupted()).await;
        Ok(Outcome::Done)
    })
}

async fn bind(listen: &str) -> Result<TcpListener, CommandError> {
    let address: SocketAddr = match listen.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}").parse(),
        None => listen.parse(),
    }
    .map_err(|_unreadable| {
        CommandError::usage(format!("cannot listen on {listen:?}: expected an address and a port"))
            .hint("for instance 127.0.0.1:8080, [::1]:8080, or 127.0.0.1:0 for any free port")
    })?;
    TcpListener::bind(address).await.map_err(|error| not_bound(address, &error))
}

fn not_bound(address: SocketAddr, error: &io::Error) -> CommandError {
    let (why, hint) = match error.kind() {
        ErrorKind::AddrInUse => (
            "another program listens there".to_owned(),
            format!("stop it, or take any free port: --listen {}:0", host(address)),
        ),
        ErrorKind::PermissionDenied => (
            "this account may not open that port".to_owned(),
            format!("ports below 1024 need rights; take another: --listen {}:8080", host(address)),
        ),
        ErrorKind::AddrNotAvailable => (
            "this machine does not have that address".to_owned(),
            "listen on 127.0.0.1 (this machine only) or 0.0.0.0 (all of its addresses)".to_owned(),
        ),
        _ => (error.to_string(), "try --listen 127.0.0.1:0".to_owned()),
    };
    CommandError::environment(format!("cannot listen on {address}: {why}")).hint(hint)
}

fn host(address: SocketAddr) -> String {
    let host = address.ip().to_string();
    if address.is_ipv6() { format!("[{host}]") } else { host }
}

fn warn_if_exposed(address: SocketAddr, viewers: Viewers, streams: &Streams) {
    if viewers == Viewers::Anybody && !address.ip().is_loopback() {
        streams.remark(
            "warning: whoever reaches this address can read as any viewer; --public shows only \
             what is public",
        );
    }
}

/// The keeper of a database that is served: what is done on a page is kept there first, then shown.
struct Keeper {
    file: PathBuf,
    ledger: Mutex<Ledger<Store>>,
    workbench: Workbench,
}

impl Keeper {
    /// Opens the database to add to it, and lets the workbench record with it.
    fn open(file: &Path, workbench: &Workbench) -> Result<Arc<Self>, CommandError> {
        let ledger = Ledger::open(Store::open(file)?).map_err(|error| refused(file, error))?;
        let (file, workbench) = (file.to_owned(), workbench.clone());
        let keeper = Arc::new(Self { file, ledger: Mutex::new(ledger), workbench });
        keeper.workbench.records_with(Arc::clone(&keeper) as Arc<dyn Recorder>);
        Ok(keeper)
    }

    fn held(&self) -> MutexGuard<'_, Ledger<Store>> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands to the workbench what the ledger holds and it does not.
    fn hand_over(&self, ledger: &Ledger<Store>) -> Result<(), CommandError> {
        let shown = self.workbench.record().entries().count();
        let new: Vec<Entry> = ledger.record().entries().skip(shown).cloned().collect();
        if !new.is_empty() {
            self.workbench.append_all(new).map_err(CommandError::input)?;
        }
        Ok(())
    }

    /// Takes in what others add to the file, once a second.
    fn follow(&self) -> Result<(), CommandError> {
        loop {
            std::thread::sleep(LOOK_EVERY);
            let mut ledger = self.held();
            ledger.catch_up().map_err(|error| refused(&self.file, error))?;
            self.hand_over(&ledger)?;
        }
    }
}

impl Recorder for Keeper {
    fn record(&self, by: &ParticipantId, on: Date, facts: Vec<Fact>) -> Result<(), String> {
        let batch = entries(facts, by, on).and_then(salted).map_err(CommandError::into_words)?;
        let mut ledger = self.held();
        ledger.append(&batch).map_err(|error| error.to_string())?;
        // Admitted once, it is admitted again; where it is not, who follows the file says why.
        let _shown = self.hand_over(&ledger).is_ok();
        Ok(())
    }
}

/// Hands over what others add to the file while it is served.
///
/// It ends with the program. A fault of the file is told once; readers go on with what was read.
fn follow(file: &Path, workbench: &Workbench) -> Result<(), CommandError> {
    let open = Ledger::open(Store::open_to_read(file)?);
    let mut ledger = open.map_err(|error| refused(file, error))?;
    loop {
        std::thread::sleep(LOOK_EVERY);
        let before = ledger.record().entries().count();
        ledger.catch_up().map_err(|error| refused(file, error))?;
        let new: Vec<Entry> = ledger.record().entries().skip(before).cloned().collect();
        if !new.is_empty() {
            workbench.append_all(new).map_err(CommandError::input)?;
        }
    }
}

/// Completes when somebody asks the program to stop.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without signals there is no other way to stop than to be stopped.
        std::future::pending::<()>().await;
    }
}
