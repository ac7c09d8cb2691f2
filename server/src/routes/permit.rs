//! Who may call a route, as the type of its first argument.
//!
//! The rule this module protects: *a handler cannot reach data without naming its right*. There are two kinds of
//! callers: [`Anyone`], counted by address, and the holder of a token with a right ([`Permit`]).

use super::{App, with_conn};
use crate::service::claims::Claims;
use crate::service::limiter::{Key, Rate};
use crate::service::right::{self, Right};
use crate::service::{Caller, Fault, caller};
use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Future, Ready, ready};
use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::Deref;
use std::pin::Pin;
use sync_core::ErrorCode;

/// Whoever asks, without a name.
pub struct Anyone {
    /// From where.
    pub address: IpAddr,
}

/// A caller who has the right `R`.
pub struct Permit<R> {
    caller: Caller,
    right: PhantomData<R>,
}

impl<R> Permit<R> {
    /// The caller.
    pub fn into_caller(self) -> Caller {
        self.caller
    }
}

impl<R> Deref for Permit<R> {
    type Target = Caller;
    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl FromRequest for Anyone {
    type Error = Fault;
    type Future = Ready<Result<Anyone, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(app_of(request).and_then(|app| {
            let address = address_of(request, app.behind_proxy);
            count(app, Key::address(address))?;
            Ok(Anyone { address })
        }))
    }
}

impl Anyone {
    /// Counts one guess at the password or code of `login`.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::RateLimited`] after too many.
    pub fn guess(&self, app: &App, login: &str) -> Result<(), Fault> {
        let limits = app.world.limits;
        let rate = Rate { burst: limits.attempt_burst, per_minute: limits.attempts_per_minute };
        app.limiter.take(app.world.clock.now_ms(), Key::attempt(self.address, login), rate)
    }
}

impl<R: Right> FromRequest for Permit<R> {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Permit<R>, Fault>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let claims = app_of(request).and_then(|app| {
            let token = token_of(request).ok_or_else(|| Fault::new(ErrorCode::Unauthorized, "no token"))?;
            let claims = Claims::from_token(&app.world, token)?;
            count(app, Key::Caller(claims.sub))?;
            Ok((app.clone(), claims))
        });
        Box::pin(async move {
            let (app, claims) = claims?;
            let caller = with_conn(&app, move |_, conn| caller::resolve(conn, &claims)).await?;
            right::check::<R>(&caller)?;
            Ok(Permit { caller, right: PhantomData })
        })
    }
}

fn app_of(request: &HttpRequest) -> Result<&Data<App>, Fault> {
    request.app_data().ok_or_else(|| Fault::new(ErrorCode::Internal, "routes without an app"))
}

fn count(app: &App, key: Key) -> Result<(), Fault> {
    let limits = app.world.limits;
    let rate = Rate { burst: limits.request_burst, per_minute: limits.requests_per_minute };
    app.limiter.take(app.world.clock.now_ms(), key, rate)
}

fn token_of(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// Behind our own proxy the last address of `X-Forwarded-For` is the one the proxy saw; the ones before it are the
/// caller's own words.
fn address_of(request: &HttpRequest, behind_proxy: bool) -> IpAddr {
    let forwarded = request.headers().get("x-forwarded-for").filter(|_| behind_proxy);
    let forwarded = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    let peer = || request.peer_addr().map(|peer| peer.ip());
    forwarded.or_else(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}
