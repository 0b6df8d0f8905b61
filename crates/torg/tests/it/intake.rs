//! Nothing that arrived is lost: what was acknowledged is kept, whatever happens to us next.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::house::{House, eventually, kill_rounds, on_both_databases};
use crate::smtp::{Smtp, letter};

const CLIENTS: usize = 4;

#[test]
fn what_was_acknowledged_before_a_kill_is_there_exactly_once() {
    on_both_databases(|house| {
        let house = house.with_town_hall();
        let acknowledged = Mutex::new(Vec::new());
        let next = AtomicUsize::new(0);
        for round in 0..kill_rounds() {
            let serving = house.serves();
            let smtp = serving.smtp;
            let wanted = acknowledged.lock().unwrap().len() + 1 + round * 7 % 40;
            std::thread::scope(|threads| {
                for _ in 0..CLIENTS {
                    threads.spawn(|| mail_on(smtp, &next, &acknowledged));
                }
                eventually("mail comes in", || acknowledged.lock().unwrap().len() >= wanted);
                serving.gets_killed();
            });
        }

        house.time_passes();
        let _serving = house.serves();
        let exported = house.export_filed();
        let copies = exported.copies();
        for id in acknowledged.lock().unwrap().iter() {
            assert_eq!(copies.get(id), Some(&1), "{id} was acknowledged");
        }
        let twice: Vec<_> = copies.iter().filter(|copy| *copy.1 > 1).collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert!(exported.quarantined.is_empty(), "{:?}", exported.quarantined);
        house.does(&["check"]);
    });
}

/// Sends one letter after the other, until the line breaks.
fn mail_on(address: SocketAddr, next: &AtomicUsize, acknowledged: &Mutex<Vec<String>>) {
    let Ok(mut smtp) = Smtp::connect(address) else { return };
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let id = format!("letter-{number}@citizen.example");
        let from = format!("citizen-{number}@citizen.example");
        let text = format!("My lamp number {number} is out. ").repeat(1 + number % 300);
        match smtp.posts(&letter(&id, &from, &text)) {
            Ok(answer) if answer.code == 250 => acknowledged.lock().unwrap().push(id),
            Ok(answer) => panic!("{id} was refused: {}", answer.text),
            Err(_) => return,
        }
    }
}

#[test]
fn a_mail_under_way_is_finished_before_stopping() {
    on_both_databases(|house| {
        let house = house.with_town_hall();
        let serving = house.serves();
        let mut smtp = Smtp::connect(serving.smtp).unwrap();
        for line in ["MAIL FROM:<aino@citizen.example>", "RCPT TO:<post@fjordby.example>", "DATA"] {
            assert!(smtp.command(line).unwrap().code < 400);
        }
        smtp.says(b"Message-ID: <late@citizen.example>\r\n").unwrap();
        serving.is_asked_to_stop();
        eventually("Torg hears it", || serving.log().contains("Torg is stopping"));
        smtp.says(b"\r\nStill in time?\r\n.\r\n").unwrap();
        assert_eq!(smtp.answer().unwrap().code, 250);
        serving.has_stopped();

        let _serving = house.serves();
        let exported = house.export_filed();
        assert_eq!(exported.copies().get("late@citizen.example"), Some(&1));
    });
}

#[test]
fn a_mail_of_fifty_megabytes_is_refused_and_the_limit_is_named() {
    let house = House::embedded().with_town_hall();
    let serving = house.serves();
    let mut smtp = Smtp::connect(serving.smtp).unwrap();
    let told = smtp.command("MAIL FROM:<aino@citizen.example> SIZE=52428800").unwrap();
    assert_eq!(told.code, 552);
    assert!(told.text.contains("40 MB") || told.text.contains("41943040"), "{}", told.text);

    // One who does not say beforehand how much it is.
    let line = [[b'x'; 76].as_slice(), b"\r\n"].concat();
    let large = [b"Subject: large\r\n\r\n".as_slice(), &line.repeat(50 << 20 >> 6)].concat();
    let told = smtp.posts(&large).unwrap();
    assert_eq!(told.code, 552);
    assert!(told.text.contains("40 MB") || told.text.contains("41943040"), "{}", told.text);

    let mut again = Smtp::connect(serving.smtp).unwrap();
    let small = letter("small@citizen.example", "aino@citizen.example", "Then without the film.");
    assert_eq!(again.posts(&small).unwrap().code, 250);
}

#[test]
fn a_full_disk_puts_mail_off_and_recovers_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(folder.path()) else { return };
    let ballast = disk.0.join("ballast");
    std::fs::write(&ballast, vec![7; 24 << 20]).unwrap();
    let house = House::embedded().with_data(&disk.0.join("data")).with_town_hall();
    let serving = house.serves();

    let mut smtp = Smtp::connect(serving.smtp).unwrap();
    let mut taken = Vec::new();
    let refusal = loop {
        let id = format!("large-{}@citizen.example", taken.len());
        assert!(taken.len() < 1000, "a disk of 48 MB holds no 300 MB");
        let answer = smtp.posts(&letter_with_noise(&id, taken.len())).unwrap();
        if answer.code != 250 {
            break answer;
        }
        taken.push(id);
    };
    assert!((400..500).contains(&refusal.code), "{refusal:?}");
    assert!(refusal.text.contains("disk is full"), "{refusal:?}");

    std::fs::remove_file(ballast).unwrap();
    let after = letter("after@citizen.example", "aino@citizen.example", "Is there room now?");
    eventually("there is room again", || {
        let answer = Smtp::connect(serving.smtp).and_then(|mut smtp| smtp.posts(&after));
        answer.is_ok_and(|answer| answer.code == 250)
    });
    let copies = house.export_filed().copies();
    for id in taken.iter().map(String::as_str).chain(["after@citizen.example"]) {
        assert_eq!(copies.get(id), Some(&1), "{id}");
    }
}

/// A letter with a file of 200 KB that does not get smaller.
fn letter_with_noise(id: &str, seed: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut state = seed as u64 + 1;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(LETTERS[usize::try_from(state >> 58).unwrap()])
    };
    let line = |_| (0..76).map(|_| letter()).chain(['\r', '\n']).collect::<String>();
    let file: String = (0..3600).map(line).collect();
    format!(
        "From: Aino <aino@citizen.example>\r\nMessage-ID: <{id}>\r\nSubject: A picture\r\n\
         MIME-Version: 1.0\r\nContent-Type: image/jpeg; name=lamp.jpg\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{file}"
    )
    .into_bytes()
}

/// A disk of 48 MB, half of it taken: the embedded database writes up to 16 MB beside itself; unmounted when dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None`, said aloud, where we may not mount.
    fn mount(folder: &Path) -> Option<Self> {
        let small = folder.join("small");
        std::fs::create_dir(&small).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=48m", "tmpfs"]).arg(&small);
        if mount.output().is_ok_and(|output| output.status.success()) {
            return Some(Self(small));
        }
        crate::house::skip("a full disk", "this user may not mount one");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("--lazy").arg(&self.0).status());
    }
}
