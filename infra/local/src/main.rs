//! The command line: the office on a laptop, and tools to try it with.

use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use motcua_local::folder::plain;
use motcua_local::server::{Server, Settings};
use motcua_local::{
    calculator, catalogue, demo, foresee, portal_fake, rebuild, seed, send, settlement, source, staff, takeover,
    tell_older, units,
};
use rules::clock::{Doubt, Office};
use rules::config::{Config, DEMO, DEMO_TELLING, Host};

/// Motcua on a laptop: the back end of a one-stop office on 127.0.0.1, with everything it needs inside.
#[derive(Debug, Parser)]
#[command(name = "motcua", version, arg_required_else_help = false)]
struct Arguments {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder that everything is kept in.
    #[arg(long, default_value = "target/motcua-data", conflicts_with = "memory")]
    data: PathBuf,
    /// Keep nothing.
    #[arg(long)]
    memory: bool,
    /// The configuration; without it, the demo agency and printed keys.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// What the clock is set to, such as 2020-04-15T08:00:00+07:00; a data folder's clock never goes back.
    #[arg(long)]
    now: Option<Timestamp>,
    /// Fill an empty data folder with a sample office first: so many dossiers that lived from January to April 2020.
    /// The demo's gateways and portals are needed for it.
    #[arg(long, value_name = "DOSSIERS", num_args = 0..=1, require_equals = true, default_missing_value = seed::SAMPLE,
        value_parser = clap::value_parser!(u16).range(1..=i64::from(seed::MOST)),
        conflicts_with_all = ["memory", "config"])]
    sample: Option<u16>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Sign a message as a channel or a portal would, and send it.
    Send(send::Message),
    /// Compare a gateway's settlement file with what was recorded.
    Reconcile(settlement::Settlement),
    /// Play the story of one dossier, from the portal to the result.
    Demo,
    /// Play the news of April 2020 that this project was made for, each sentence beside the page, message or figure it became.
    Source,
    /// Check or import a catalogue of procedures.
    #[command(subcommand)]
    Catalogue(catalogue::Task),
    /// Take over the open dossiers of the office's earlier software.
    Import(takeover::Import),
    /// Fill an empty data folder with an office that has lived through four months of 2020.
    Seed(seed::Seed),
    /// Make work lists, counts and search entries anew, and say what was wrong with them.
    Rebuild(rebuild::Rebuild),
    /// Tell how many open dossiers a table of days off would move, before it is put in force.
    Foresee(foresee::Foresee),
    /// Have a portal told of the dossiers that were filed before it was told of any, at a rate.
    TellOlder(tell_older::TellOlder),
    /// Serve a strict portal by itself, to try an adapter with that tells portals.
    PortalFake(portal_fake::Options),
    /// Check changes of provinces and communes, before they are in the configuration.
    #[command(subcommand)]
    Units(units::Task),
    /// Print the demo's configuration, with its keys.
    Keys,
    /// Answer deadline cases, one JSON object a line, from standard input.
    Clock {
        /// The agency whose calendar and hours of --config count; not needed if it has one.
        #[arg(long, requires = "config")]
        agency: Option<String>,
    },
    /// Print the table of a dossier's life as a Mermaid drawing.
    Drawing,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_writer(io::stderr).init();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("motcua: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    match &arguments.command {
        Some(Command::Clock { agency }) => {
            let office = match &arguments.config {
                Some(file) => calculator::office_of(&read_config(Some(file))?, agency.as_deref())?,
                None => Office::official(),
            };
            return Ok(calculator::run(BufReader::new(io::stdin()), io::stdout().lock(), &office)?);
        }
        Some(Command::Drawing) => {
            print!("{}", rules::dossier::drawing());
            return Ok(());
        }
        Some(Command::Units(task)) => return Ok(units::run(task, &mut io::stdout())?),
        Some(Command::Keys) => return print_keys(arguments.config.as_deref()),
        Some(
            Command::Send(_)
            | Command::Reconcile(_)
            | Command::Demo
            | Command::Source
            | Command::Catalogue(_)
            | Command::Import(_)
            | Command::Seed(_)
            | Command::Rebuild(_)
            | Command::Foresee(_)
            | Command::TellOlder(_)
            | Command::PortalFake(_),
        )
        | None => {}
    }
    if arguments.sample.is_some() && arguments.command.is_some() {
        return Err("--sample starts the office and goes with no command; `seed` only fills a data folder".into());
    }
    let config = read_config(arguments.config.as_deref())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match &arguments.command {
            Some(Command::Send(message)) => println!("{}", send::run(message, &config).await?),
            Some(Command::Catalogue(task)) => catalogue::run(task, config, &mut io::stdout()).await?,
            Some(Command::Import(import)) => Box::pin(takeover::run(import, config, &mut io::stdout())).await?,
            Some(Command::Seed(seed)) => seed::run(seed, config, &mut io::stdout()).await?,
            Some(Command::Reconcile(settlement)) => println!("{}", settlement::run(settlement).await?),
            Some(Command::Rebuild(task)) => rebuild::run(task, config, &mut io::stdout()).await?,
            Some(Command::Foresee(task)) => foresee::run(task, config, &mut io::stdout()).await?,
            Some(Command::TellOlder(task)) => tell_older::run(task, config, &mut io::stdout()).await?,
            Some(Command::PortalFake(options)) => portal_fake::run(options, tell).await?,
            Some(Command::Source) => Box::pin(source::run(config, &mut io::stdout())).await?,
            Some(Command::Demo) => demo::run(config, &mut io::stdout()).await?,
            _ => serve(&arguments, config).await?,
        }
        Ok(())
    })
}

fn read_config(file: Option<&Path>) -> Result<Config, String> {
    let Some(file) = file else { return Ok(Config::demo_telling()) };
    let text = std::fs::read_to_string(file).map_err(|error| format!("{} {}", file.display(), plain(&error)))?;
    Config::strict(&text, Host::Loopback).map_err(|problems| format!("{}:\n{problems}", file.display()))
}

/// Prints the demo's configuration, which is a beginning for one's own.
fn print_keys(config: Option<&Path>) -> Result<(), Box<dyn std::error::Error>> {
    if let Some(file) = config {
        return Err(format!(
            "the keys in force are those of {}; the demo's are printed without --config",
            file.display()
        )
        .into());
    }
    let telling: String =
        DEMO_TELLING.lines().filter(|line| !line.is_empty()).map(|line| format!("# {line}\n")).collect();
    Ok(write!(
        io::stdout(),
        "# The demo's configuration. Its keys are printed and worth nothing elsewhere.\n\n{DEMO}\n\
         # A portal is told what became of dossiers by this addition to its own entry:\n#\n{telling}"
    )?)
}

async fn serve(arguments: &Arguments, config: Config) -> Result<(), Box<dyn std::error::Error>> {
    let serving = Arc::new(AtomicBool::new(false));
    let stop = ended(serving.clone())?;
    if let Some(dossiers) = arguments.sample {
        fill(&arguments.data, dossiers, &config).await?;
    }
    let folder = (!arguments.memory).then(|| arguments.data.clone());
    tell(&starting(&config, folder.as_deref()));
    let demo = arguments.config.is_none();
    let settings = Settings { port: arguments.port, folder: folder.clone(), config, start: arguments.now };
    let server = Server::start(settings).await?;
    server.tell(tell);
    serving.store(true, Ordering::Relaxed);
    print_welcome(&server, demo);
    server.serve(stop).await?;
    tell(&match folder {
        Some(folder) => format!("Motcua has stopped. Everything is kept in {}", folder.display()),
        None => "Motcua has stopped. Nothing was to be kept.".to_owned(),
    });
    Ok(())
}

/// Writes a line. Nobody may be there to read it, which is no reason to stop.
fn tell(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Fills an empty data folder with the sample office, and says so; a folder that holds anything is left alone.
async fn fill(folder: &Path, dossiers: u16, config: &Config) -> Result<(), seed::SeedError> {
    let sample = seed::Seed { dossiers, data: folder.to_owned(), seed: seed::NUMBER };
    match Box::pin(seed::fill(&sample, config.clone(), &mut io::stdout())).await? {
        true => println!("The sample office is there, and its clock goes on.\n"),
        false => println!("{} holds an office already: it is started as it is.\n", folder.display()),
    }
    Ok(())
}

/// Says what is about to start: with many agencies or a large folder it takes a moment.
fn starting(config: &Config, folder: Option<&Path>) -> String {
    let (agencies, channels) = (config.agencies().len(), config.channels().count());
    let kept = folder.map_or_else(|| "in memory only".to_owned(), |folder| format!("in {}", folder.display()));
    format!("Motcua is starting: agencies {agencies}, channels {channels}, kept {kept}")
}

fn print_welcome(server: &Server, demo: bool) {
    for sentence in &server.unfit {
        tell(&format!("  ATTENTION    {sentence}"));
    }
    let address = server.address;
    let (now, ahead_s) = (server.desk.clock.now(), server.desk.clock.ahead_by().as_secs());
    tell(&format!("  clock        {} UTC+7 ({ahead_s:+} s from this machine's)", rules::vietnam::date_time(now)));
    let site = server.desk.office.site();
    let agency = site.config.agencies()[0].code.to_string();
    for role in staff::ROLES {
        tell(&format!("  staff token  {}", server.desk.staff.token(&agency, role)));
    }
    for agency in site.config.agencies() {
        for [_, doubt] in agency.calendar.doubts().iter().map(Doubt::told) {
            tell(&format!("  ATTENTION    {}: {doubt}", agency.code));
        }
    }
    if demo {
        tell("  keys         the demo's, worth nothing elsewhere; `cargo run -- keys` prints them");
        tell("  try          cargo run -- send dvcqg-demo MaHoSo=G22.99-1");
    }
    tell(&format!("Motcua at http://{address}/local"));
    tell(&format!(
        "Open http://{address}/desk to work as staff, http://{address}/local for clock, messages and gateways."
    ));
}

/// Returns what ends when somebody ends the program, by Ctrl-C or as a service manager does. Until the office serves
/// nothing has to be finished, and the program ends there and then. Listens from this call on, not from the first poll:
/// a signal in between would end the program as if it had failed.
fn ended(serving: Arc<AtomicBool>) -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let signal = signal()?;
    let (end, ended) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        signal.await;
        if serving.load(Ordering::Relaxed) {
            let _ = end.send(());
            return;
        }
        tell("Motcua has stopped before it was there.");
        std::process::exit(0);
    });
    Ok(async move {
        let _ = ended.await;
    })
}

#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

#[cfg(windows)]
fn signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        let _ = interrupted.recv().await;
    })
}
