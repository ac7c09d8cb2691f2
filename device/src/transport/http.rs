//! HTTP, with as few bytes around the message as HTTP allows.

use super::{Method, NoSignal, Request, Response, Transport};
use std::io::Read;
use std::time::Duration;
use ureq::Agent;
use ureq::config::AutoHeaderValue;

/// A village's signal is slow, but a minute without a byte is no signal.
const PATIENCE: Duration = Duration::from_secs(60);

/// HTTP/1.1 to one server. Connections are kept open between requests.
pub struct HttpTransport {
    agent: Agent,
    base: String,
}

impl HttpTransport {
    /// To the server at `base`: `http://host:port`, or `https://host` when built with the feature `tls`.
    pub fn new(base: &str) -> HttpTransport {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .timeout_connect(Some(PATIENCE))
            .timeout_send_request(Some(PATIENCE))
            .timeout_send_body(Some(PATIENCE * 5))
            .timeout_recv_response(Some(PATIENCE))
            .timeout_recv_body(Some(PATIENCE * 5))
            .build();
        HttpTransport { agent: config.into(), base: base.trim_end_matches('/').into() }
    }
}

impl Transport for HttpTransport {
    fn send(&mut self, request: &Request) -> Result<Response, NoSignal> {
        let url = format!("{}{}", self.base, request.path);
        let answer = match request.method {
            Method::Get => {
                let get = self.agent.get(url);
                request.headers.iter().fold(get, |get, (name, value)| get.header(*name, value)).call()
            }
            Method::Post => {
                let post = self.agent.post(url);
                let post = request.headers.iter().fold(post, |post, (name, value)| post.header(*name, value));
                post.send(&request.body[..])
            }
        };
        let answer = answer.map_err(|why| NoSignal(why.to_string()))?;
        let (head, body) = answer.into_parts();
        let text = |value: &ureq::http::HeaderValue| value.to_str().map(str::to_owned).ok();
        let headers = head.headers.iter().filter_map(|(name, value)| Some((name.to_string(), text(value)?)));
        let headers = headers.collect();
        let mut bytes = Vec::new();
        let cut = body.into_reader().read_to_end(&mut bytes).is_err();
        Ok(Response { status: head.status.as_u16(), headers, body: bytes, cut })
    }
}
