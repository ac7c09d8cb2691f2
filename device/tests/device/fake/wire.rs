//! The same server over real HTTP, one request per connection.

use super::Server;
use device::transport::{Method, Request};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// Header names the server looks at.
const NAMES: [&str; 4] = ["authorization", "content-type", "range", "if-range"];

/// Listens until the test ends; gives the base URL.
pub fn listen(server: &Server) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = server.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that was killed leaves a broken connection.
            let _ = answer(&server, stream);
        }
    });
    base
}

fn answer(server: &Server, mut stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let method = if words.next() == Some("POST") { Method::Post } else { Method::Get };
    let mut request = Request::get(words.next().unwrap_or_default());
    request.method = method;
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let (name, value) = (name.to_ascii_lowercase(), value.trim());
        if name == "content-length" {
            length = value.parse().unwrap_or_default();
        }
        request.headers.extend(NAMES.iter().find(|known| **known == name).map(|name| (*name, value.into())));
    }
    request.body = vec![0; length];
    reader.read_exact(&mut request.body)?;
    let answer = server.world().answer(&request);
    write!(
        stream,
        "HTTP/1.1 {} x\r\ncontent-length: {}\r\nconnection: close\r\n",
        answer.status,
        answer.body.len()
    )?;
    for (name, value) in &answer.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    stream.write_all(b"\r\n")?;
    stream.write_all(&answer.body)
}
