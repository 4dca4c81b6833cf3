//! How an emulator that is written in Rust is checked by its own tests.
//!
//! ```sh
//! cargo run --example own_emulator
//! cargo test --example own_emulator
//! ```
//!
//! The reference target behind a socket stands for the emulator here.

use std::error::Error;
use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;

use bellwether::reference::Reference;
use bellwether::serve::serve;
use bellwether::targets::plant;
use tokio::sync::oneshot::{Sender, channel};

/// The emulator, in threads of its own until it is dropped.
struct Emulator {
    address: SocketAddr,
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl Emulator {
    /// Starts it, with these faults.
    fn start(faults: &[&str]) -> Result<Self, Box<dyn Error>> {
        let reference = Reference::planting(plant(faults)?).in_real_time();
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                let stopped = async {
                    let _told_or_dropped = stopped.await;
                };
                serve(reference, listener, stopped).await;
                Ok(())
            })
        });
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

/// Prints the report of the emulator.
#[expect(clippy::print_stdout, reason = "an example prints")]
fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start(&[])?;
    let result = bellwether::check(emulator.url()).cases(20).run()?.required()?;
    println!("{result}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use bellwether::Verdict;
    use bellwether::score::State;

    use super::*;

    #[test]
    fn it_shares_like_aws() -> Result<(), Box<dyn Error>> {
        let emulator = Emulator::start(&[])?;
        let result = bellwether::check(emulator.url())
            .suites("{invitations,walkthrough}/*")
            .cases(5)
            .run()?
            .required()?;
        assert_eq!(result.verdict(), Verdict::Conforms);
        assert_eq!(result.rule("invitation/accepted-once"), Some(State::Conforms));
        Ok(())
    }

    #[test]
    fn a_fault_of_it_is_an_error_that_reads_like_a_bug_report() -> Result<(), Box<dyn Error>> {
        let emulator = Emulator::start(&["accepted-twice"])?;
        let check = bellwether::check(emulator.url()).suites("invitations/*").cases(0);
        let error = check.run()?.required().expect_err("an invitation can be accepted twice");
        let told = format!("{error:?}");
        for part in
            ["An invitation can be accepted once.", "source", "AcceptResourceShareInvitation"]
        {
            assert!(told.contains(part), "no {part} in {told}");
        }
        Ok(())
    }
}
