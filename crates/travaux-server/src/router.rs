//! How requests become answers: routes, limits, headers, and one way for everything that fails.
//!
//! Pages are read; only acts of a meeting change the record, where the program gave a recorder.

use std::future::Future;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query as Pairs, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;

use crate::answer::Form;
use crate::connections::Patience;
use crate::query::Query;
use crate::workbench::Workbench;
use crate::{answer, assets, connections, live, recorder};

/// The longest a page may take, the wait for its turn included.
const PAGE_TIME_MAX: Duration = Duration::from_secs(20);
/// The largest request body, in bytes: an act is one line.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// The longest address, in bytes.
const ADDRESS_BYTES_MAX: usize = 8 * 1024;

/// What pages may load and where they may send: themselves, and nothing else.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// Makes the whole workbench.
pub fn router(workbench: Workbench) -> Router {
    let pages = Router::new()
        .route("/assets/{name}", get(asset))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/procedure", post(recorder::act).get(page))
        .fallback(page)
        .layer(CompressionLayer::new());
    Router::new()
        .route("/live", get(live::live))
        .merge(pages)
        // Only this workbench's own pages act: another site's form is refused.
        .layer(CsrfLayer::new())
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(|_| answer::broken()))
        .layer(middleware::from_fn(guard))
        .with_state(workbench)
}

/// Serves the workbench until `until` completes; what has begun by then has a moment to finish.
pub async fn serve(
    listener: TcpListener,
    workbench: Workbench,
    until: impl Future<Output = ()> + Send + 'static,
) {
    connections::serve(listener, router(workbench), Patience::USUAL, until).await;
}

async fn page(
    State(workbench): State<Workbench>,
    method: Method,
    uri: Uri,
    request: Request,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET, HEAD")],
            "pages are read\n",
        )
            .into_response();
    }
    let Ok(Pairs(pairs)) = Pairs::<Vec<(String, String)>>::try_from_uri(&uri) else {
        return (StatusCode::BAD_REQUEST, "the query of the address can't be read\n")
            .into_response();
    };
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    let form = match accept {
        Some(accept) if accept.trim_start().starts_with("application/json") => Form::Json,
        Some(_) | None => Form::Html,
    };
    let path = uri.path().to_owned();
    let form = if path.strip_suffix(".json").is_some() { Form::Json } else { form };
    let made = async {
        let turn = workbench.turns().take().await?;
        // Making a page is work for the processor, not for the reactor. The turn lasts until it is
        // made, also where nobody waits for it any more.
        let workbench = workbench.clone();
        let made = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            answer::answer(&workbench, &path, &Query::new(pairs), form)
        });
        Some(made.await.unwrap_or_else(|_| answer::broken()))
    };
    let made = tokio::time::timeout(PAGE_TIME_MAX, made).await.ok().flatten();
    made.unwrap_or_else(|| answer::busy(form))
}

async fn asset(uri: Uri) -> Response {
    match assets::find(uri.path()) {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.media_type),
                // The address changes with the content.
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.bytes,
        )
            .into_response(),
        None => (StatusCode::NOT_FOUND, "no such asset: reload the page\n").into_response(),
    }
}

/// Refuses overlong addresses and sets the headers that keep pages to themselves.
async fn guard(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let mut response = if ADDRESS_BYTES_MAX < address {
        (StatusCode::URI_TOO_LONG, "the address is too long\n").into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in [
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use tower::ServiceExt as _;
    use travaux_record::Record;

    use super::*;
    use crate::Settings;

    async fn asked(workbench: &Workbench, address: &str) -> (StatusCode, String, String) {
        let request = Request::get(address).body(Body::empty()).unwrap();
        let response = router(workbench.clone()).oneshot(request).await.unwrap();
        let again = response.headers().get(header::RETRY_AFTER);
        let again = again.map_or("", |again| again.to_str().unwrap()).to_owned();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, again, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn who_can_not_be_served_is_told_to_come_back_and_costs_nothing() {
        let workbench = Workbench::new(Record::new(), Settings::default());
        let all = workbench.turns().take_all();
        for address in ["/", "/text", "/overview.json"] {
            let (status, again, body) = asked(&workbench, address).await;
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
            assert_eq!(again, "3", "{address}");
            assert!(body.contains("Too many readers at once"), "{address}: {body}");
            assert!(body.contains("Try again in a few seconds"), "{address}: {body}");
            assert_eq!(body.starts_with('{'), address.contains("json"), "{address}: {body}");
        }
        assert_eq!(asked(&workbench, "/healthz").await.0, StatusCode::OK);
        drop(all);
        assert_eq!(asked(&workbench, "/").await.0, StatusCode::OK);
    }
}
