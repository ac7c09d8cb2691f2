//! Sealed changes, whoever carries them.

use super::push::{device_time_s, enter};
use super::{Answer, Anyone, App, with_conn};
use crate::service::{Fault, parcel};
use actix_web::HttpRequest;
use actix_web::web::{Bytes, Data, Json};
use serde::Serialize;
use sync_core::{ErrorCode, Receipt};

/// What became of the parcels of a request.
#[derive(Serialize)]
pub struct Delivered {
    receipts: Vec<Receipt>,
    refused: Vec<RefusedParcel>,
}

/// A parcel that was not taken.
#[derive(Serialize)]
pub struct RefusedParcel {
    /// Which, from 0.
    index: usize,
    code: ErrorCode,
    message: String,
}

/// Parcels in, each with its length in 4 bytes before it; receipts for those that were taken out. The caller need not be
/// anybody: each parcel proves whose it is.
pub async fn take_parcels(_: Anyone, app: Data<App>, request: HttpRequest, body: Bytes) -> Answer<Delivered> {
    let parcels =
        split(&body).ok_or_else(|| Fault::new(ErrorCode::BadBody, "parcels: lengths do not fit"))?;
    let time_s = device_time_s(&request);
    let opened = with_conn(&app, move |world, conn| parcel::open(world, conn, &parcels, time_s)).await?;
    let mut delivered = Delivered { receipts: Vec::new(), refused: Vec::new() };
    let mut refuse = |index, fault: &Fault| {
        tracing::info!(code = fault.code.name(), why = %fault.log, "parcel refused");
        let message = format!("{} / {}", fault.code.message_id(), fault.code.message_en());
        delivered.refused.push(RefusedParcel { index, code: fault.code, message });
    };
    opened.refused.iter().for_each(|(index, fault)| refuse(*index, fault));
    for (upload, indexes) in opened.uploads {
        match enter(&app, upload).await {
            Ok(receipt) => delivered.receipts.push(receipt),
            Err(fault) if fault.code == ErrorCode::Unavailable => return Err(fault),
            Err(fault) => indexes.into_iter().for_each(|index| refuse(index, &fault)),
        }
    }
    Ok(Json(delivered))
}

fn split(mut body: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut parcels = Vec::new();
    while !body.is_empty() {
        let (length, rest) = body.split_first_chunk::<4>()?;
        let (parcel, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        parcels.push(parcel.to_vec());
        body = rest;
    }
    Some(parcels)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn lengths_must_fit() {
        assert_eq!(split(&[]), Some(vec![]));
        assert_eq!(split(&[0, 0, 0, 1, 9, 0, 0, 0, 0]), Some(vec![vec![9], vec![]]));
        for damaged in [&[0, 0, 0][..], &[0, 0, 0, 2, 9], &[255, 255, 255, 255, 1]] {
            assert_eq!(split(damaged), None);
        }
    }
}
