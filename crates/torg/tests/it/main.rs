//! The whole application, as it is run: the real program, real sockets, real signals. What is
//! acknowledged is kept, what is sent is recorded, and nobody sees what is not hers.
#![expect(clippy::unwrap_used, reason = "in a test, what cannot go on should fail")]

mod administrator;
mod answer_pages;
mod answers;
mod bench;
mod check;
mod commands;
mod demo;
mod export;
mod house;
mod http;
mod import;
mod intake;
mod model;
mod odd_letters;
mod odd_mail;
mod read_pdf;
mod relay;
mod roles;
mod sending;
mod smtp;
mod spam;
mod tls;
