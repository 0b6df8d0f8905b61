//! A throw-away Rspamd server: Debian's, with no rules but those it was born with, and no network.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;
use torg_mail::rspamd::Rspamd;

const PROGRAM: &str = "/usr/bin/rspamd";
/// It reads its own Lua for a while, and on a busy machine for a long one.
const STARTS_WITHIN: u32 = 120;

/// A running server; it ends with this value.
#[derive(Debug)]
pub struct TestRspamd {
    server: Child,
    port: u16,
    _folder: TempDir,
}

impl TestRspamd {
    /// Starts one; `None`, said aloud, where Rspamd is not installed.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start() -> Option<Self> {
        if !Path::new(PROGRAM).exists() {
            skipped();
            return None;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a bound port").port();
        drop(listener);
        let settings = folder.path().join("rspamd.conf");
        std::fs::write(&settings, self::settings(folder.path(), port)).expect("its settings");
        let mut command = Command::new(PROGRAM);
        command.args(["--no-fork", "--insecure", "--config"]).arg(&settings);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // Its workers outlive it when it is killed, so they are killed together.
        command.process_group(0);
        let server = command.spawn().expect("Rspamd starts");
        let started = Self { server, port, _folder: folder };
        started.answers().await;
        Some(started)
    }

    /// Where it is asked.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    async fn answers(&self) {
        let rspamd = Rspamd::at(&self.url(), Duration::from_secs(5)).expect("an address");
        for _ in 0..STARTS_WITHIN {
            if rspamd.ask(b"Subject: hello\r\n\r\nhello\r\n", None, &[]).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        panic!("Rspamd does not answer");
    }
}

impl Drop for TestRspamd {
    fn drop(&mut self) {
        let _ = kill_process_group(Pid::from_child(&self.server), Signal::KILL);
        let _ = self.server.wait();
    }
}

fn settings(folder: &Path, port: u16) -> String {
    let pid = folder.join("pid");
    format!(
        r#"options {{
            filters = "";
            pidfile = "{}";
            dns {{ nameserver = ["127.0.0.1:9"]; timeout = 0.1s; retransmits = 1; }}
        }}
        logging {{ type = "console"; level = "error"; }}
        worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
        actions {{ reject = 15; add_header = 6; }}"#,
        pid.display()
    )
}

#[expect(clippy::print_stderr, reason = "a skipped test must be seen in its output")]
fn skipped() {
    eprintln!("SKIPPED: {PROGRAM} is not installed, see script/bootstrap --tests");
}
