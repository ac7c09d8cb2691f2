//! A wire to PostgreSQL, or to the server, that can be cut.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What the wire does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// Carries everything.
    Whole = 0,
    /// Refuses and closes.
    Cut = 1,
    /// Takes everything and carries nothing: a dead router.
    Silent = 2,
    /// Carries what is asked, and closes when the answer comes: a signal that went away.
    Deaf = 3,
}

/// A proxy in front of a TCP address.
pub struct Proxy {
    /// Where it listens.
    pub port: u16,
    state: Arc<AtomicU8>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Proxy {
    /// A whole wire to `target`, `host:port`.
    pub fn to(target: &str) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(AtomicU8::new(Wire::Whole as u8));
        let open = Arc::new(Mutex::new(Vec::new()));
        let (target, wire, streams) = (target.to_string(), state.clone(), open.clone());
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                if wire.load(Ordering::SeqCst) == Wire::Cut as u8 {
                    continue;
                }
                let far = TcpStream::connect(&target).expect("the target");
                for (from, to, answers) in [(&near, &far, false), (&far, &near, true)] {
                    let (from, to) = (from.try_clone().expect("a stream"), to.try_clone().expect("a stream"));
                    streams
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(from.try_clone().expect("a stream"));
                    let wire = wire.clone();
                    std::thread::spawn(move || carry(from, to, answers, &wire));
                }
            }
        });
        Proxy { port, state, open }
    }

    /// Changes what the wire does.
    pub fn set(&self, wire: Wire) {
        self.state.store(wire as u8, Ordering::SeqCst);
        if wire == Wire::Cut {
            for stream in self.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
                // Closed already when its other half was.
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, answers: bool, wire: &AtomicU8) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(length) = from.read(&mut buffer) {
        while wire.load(Ordering::SeqCst) == Wire::Silent as u8 {
            std::thread::sleep(Duration::from_millis(20));
        }
        let lost = answers && wire.load(Ordering::SeqCst) == Wire::Deaf as u8;
        if length == 0 || lost || to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    // Closed already when the wire was cut.
    let _ = to.shutdown(Shutdown::Both);
}
