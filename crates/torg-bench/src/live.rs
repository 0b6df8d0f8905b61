//! What open pages cost, and how soon they are told of a change.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

use crate::http::Browser;
use crate::seed::{ADMINISTRATOR, colleagues};
use crate::server::Server;
use crate::table::{Row, Table};

/// How many colleagues are signed in; each holds many pages.
const COLLEAGUES: usize = 12;
/// How many claims are told to everybody, one after the other.
const CLAIMS: usize = 40;
/// Nobody is told later than this.
const PATIENCE: Duration = Duration::from_secs(20);
/// Every page that is looked at says so as often.
const BEAT: Duration = Duration::from_secs(15);

/// Opens `pages` live pages over a municipality with something to claim.
pub(crate) fn measure(
    table: &mut Table,
    torg: &Path,
    data: &Path,
    pages: usize,
) -> anyhow::Result<()> {
    let mut server = Server::at(torg, data, None)?;
    server.start(&[])?;
    let mut everybody: Vec<String> = colleagues().take(COLLEAGUES).collect();
    everybody.push(ADMINISTRATOR.to_owned());
    let mut browsers = Vec::new();
    for email in &everybody {
        browsers.push(Browser::signed_in(server.http, email)?);
    }
    for browser in &mut browsers {
        browser.get("/folders/all")?;
    }
    let before = server.memory("Rss")?;
    let cookies: Vec<String> = browsers.iter().map(|one| one.cookie().to_owned()).collect();
    let told = Pages::open(server.http, &cookies, pages)?;
    std::thread::sleep(Duration::from_secs(2));
    let row = |name: &str, figure, unit, wanted| Row {
        name: format!("{name} ({pages} live pages)"),
        figure,
        unit,
        wanted,
        ..Row::default()
    };
    let each = (server.memory("Rss")? - before) * 1024.0 / pages as f64;
    table.add(row("memory of a page at rest", each, "KB RSS", "≤ 40"));

    let mut claimant = browsers.pop().context("a colleague")?;
    let mut colleague = browsers.pop().context("a colleague")?;
    let unowned = server.numbers(
        "select id from inquiries where wall = 1 and state = 0 and owner is null
          order by last_at desc limit 400",
    )?;
    let (mut all, mut visible, mut claims) = (Vec::new(), Vec::new(), Vec::new());
    for id in unowned.iter().take(CLAIMS) {
        let begun = Instant::now();
        let answer = claimant.post(&format!("/inquiries/{id}/claim"), "then=/folders/all")?;
        ensure!(answer.status == 303, "a claim was answered with {}", answer.status);
        claims.push(answer.took.as_secs_f64() * 1000.0);
        // The page that is told somewhere in the middle of all is hers.
        let (half, last) = told.all_told(*id, begun)?;
        all.push(last.as_secs_f64());
        let fetched = colleague.get(&format!("/folders/all/list?open={id}"))?;
        visible.push((half + fetched.took).as_secs_f64() * 1000.0);
        std::thread::sleep(Duration::from_millis(300));
    }
    table.add(row("claim, p99", p99(&mut claims), "ms", "≤ 10"));
    table.add(row("from a claim until all are told, slowest", p99(&mut all), "s", "≤ 1"));
    table.add(row(
        "from a claim until a colleague's list shows it, p99",
        p99(&mut visible),
        "ms",
        "≤ 100",
    ));
    let after = (server.memory("Rss")? - before) * 1024.0 / pages as f64;
    table.add(row("memory of a page after these", after, "KB RSS", "≤ 40"));
    drop(told);

    let id = unowned.first().context("an inquiry")?;
    let rate = beats(server.http, &cookies, *id)?;
    let needed = pages as f64 / BEAT.as_secs_f64();
    table.add(Row {
        raw: Some(needed),
        ..row("signs of presence, 16 at once; raw: needed", rate, "/s", "")
    });
    Ok(())
}

fn p99(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    let place = figures.len() * 99 / 100;
    figures.get(place.min(figures.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// Pages that listen, and what they heard.
struct Pages {
    heard: Receiver<(i64, Instant)>,
    count: usize,
    _runtime: Runtime,
}

impl Pages {
    fn open(address: SocketAddr, cookies: &[String], count: usize) -> anyhow::Result<Self> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let (say, heard) = channel();
        let greeted = Arc::new(AtomicUsize::new(0));
        let begun = Instant::now();
        for number in 0..count {
            let cookie = cookies.get(number % cookies.len()).cloned().unwrap_or_default();
            let (say, at) = (say.clone(), Arc::clone(&greeted));
            runtime.spawn(async move { listen(address, &cookie, &say, &at).await });
            // Not all in the same millisecond: the door takes so many waiting callers.
            while number > greeted.load(Ordering::Relaxed) + 64 {
                ensure!(begun.elapsed() < 10 * PATIENCE, "only {number} pages can be opened");
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        while greeted.load(Ordering::Relaxed) < count {
            ensure!(begun.elapsed() < 10 * PATIENCE, "not all pages are greeted");
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(Self { heard, count, _runtime: runtime })
    }

    /// Waits until every page heard of `id`; when half of them had, and when the last one had.
    fn all_told(&self, id: i64, since: Instant) -> anyhow::Result<(Duration, Duration)> {
        let mut times = Vec::with_capacity(self.count);
        while times.len() < self.count {
            let told = self.heard.recv_timeout(PATIENCE);
            let (heard, at) = told.with_context(|| format!("{} were told", times.len()))?;
            if heard == id {
                times.push(at.saturating_duration_since(since));
            }
        }
        times.sort_unstable();
        let half = times.get(times.len() / 2).copied().unwrap_or_default();
        Ok((half, times.last().copied().unwrap_or_default()))
    }
}

/// One page: hears of changes until the stream or the listening ends.
async fn listen(
    address: SocketAddr,
    cookie: &str,
    say: &Sender<(i64, Instant)>,
    greeted: &AtomicUsize,
) -> Option<()> {
    let mut socket = TcpStream::connect(address).await.ok()?;
    let request = format!(
        "GET /live HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\
         accept: text/event-stream\r\n\r\n"
    );
    socket.write_all(request.as_bytes()).await.ok()?;
    let mut lines = BufReader::with_capacity(512, socket).lines();
    let mut event = String::new();
    while let Some(line) = lines.next_line().await.ok()? {
        if let Some(name) = line.strip_prefix("event: ").or_else(|| line.strip_prefix("event:")) {
            name.clone_into(&mut event);
            if name == "hello" {
                greeted.fetch_add(1, Ordering::Relaxed);
            }
        } else if let Some(data) = line.strip_prefix("data:")
            && event == "changed"
        {
            let now = Instant::now();
            for id in data.split_whitespace().filter_map(|id| id.parse().ok()) {
                say.send((id, now)).ok()?;
            }
        }
    }
    Some(())
}

/// How many signs of presence a second can be taken.
fn beats(address: SocketAddr, cookies: &[String], id: i64) -> anyhow::Result<f64> {
    const LENGTH: Duration = Duration::from_secs(3);
    let begun = Instant::now();
    let counts = std::thread::scope(|threads| {
        let beat = |cookie: &str| {
            let mut browser = Browser::with_cookie(address, cookie)?;
            let mut count = 0;
            while begun.elapsed() < LENGTH {
                let answer = browser.post(&format!("/inquiries/{id}/presence"), "writing=0")?;
                ensure!(answer.status == 200, "a sign was answered with {}", answer.status);
                count += 1;
            }
            anyhow::Ok(count)
        };
        let some = cookies.iter().cycle().take(16);
        let all: Vec<_> = some.map(|cookie| threads.spawn(move || beat(cookie))).collect();
        all.into_iter().map(|one| one.join().ok().context("a page fell")?).sum::<Result<i32, _>>()
    })?;
    Ok(f64::from(counts) / begun.elapsed().as_secs_f64())
}
