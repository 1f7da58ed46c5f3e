//! What is asked of every request before it reaches a page: one name of a host, and whose it is.

use axum::body::Body;
use axum::http::header::{CONNECTION, CONTENT_TYPE, HOST, HeaderMap, HeaderValue};
use axum::http::{Request, Response, StatusCode, Version};
use meguri_app::config::ClientAddress;
use std::net::IpAddr;

/// The address of the client, for the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client(pub(crate) IpAddr);

/// Where a request came from, for whom signs in: a session shows it to its own person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source(pub(crate) IpAddr);

/// Does the request name its host as HTTP wants it (RFC 9112, 3.2)?
pub(super) fn has_one_host<B>(request: &Request<B>) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => {
            let plain = |b: &u8| b.is_ascii_graphic() && !matches!(b, b'@' | b'/' | b'?' | b'#');
            host.as_bytes().iter().all(plain)
        }
        (None, _) => request.version() < Version::HTTP_11,
        (Some(_), Some(_)) => false,
    }
}

/// The answer to a request that does not.
pub(super) fn without_host() -> Response<Body> {
    let text = "Hostヘッダーを一つだけ指定してください。\n";
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    let headers = response.headers_mut();
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    headers.insert(CONTENT_TYPE, plain);
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    headers.insert(
        "x-content-type-options",
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// The client of a request, as the settings want it; `None` where it is not told.
pub(super) fn client(
    wanted: &ClientAddress,
    headers: &HeaderMap,
    connection: Option<IpAddr>,
) -> Option<Client> {
    let address = match wanted {
        ClientAddress::Off => None,
        ClientAddress::Connection => connection,
        ClientAddress::Header(name) => {
            let last = headers.get_all(name).iter().next_back()?;
            let last = last.to_str().ok()?.rsplit(',').next()?.trim();
            last.parse().ok()
        }
    };
    address.map(|address| Client(address.to_canonical()))
}

/// Where a request came from: as the settings want it for the log, else the connection.
pub(super) fn source(
    wanted: &ClientAddress,
    headers: &HeaderMap,
    connection: Option<IpAddr>,
) -> Option<Source> {
    let client = client(wanted, headers, connection).map(|Client(address)| address);
    let address = client.or(connection.map(|address| address.to_canonical()));
    address.map(Source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(version: Version, hosts: &[&'static str]) -> Request<()> {
        let mut request = Request::new(());
        *request.version_mut() = version;
        for host in hosts {
            request
                .headers_mut()
                .append(HOST, HeaderValue::from_static(host));
        }
        request
    }

    #[test]
    fn a_request_names_one_host() {
        for (version, hosts, fine) in [
            (Version::HTTP_11, &["a.example"][..], true),
            (Version::HTTP_11, &["[::1]:80"], true),
            (Version::HTTP_11, &[], false),
            (Version::HTTP_11, &["a", "a"], false),
            (Version::HTTP_11, &["a", "b"], false),
            (Version::HTTP_11, &["127.0.0.1:80@evil"], false),
            (Version::HTTP_11, &["a b"], false),
            (Version::HTTP_11, &[""], true),
            (Version::HTTP_10, &[], true),
            (Version::HTTP_10, &["a", "b"], false),
        ] {
            assert_eq!(has_one_host(&request(version, hosts)), fine, "{hosts:?}");
        }
    }

    #[test]
    fn a_client_is_who_the_nearest_proxy_says() {
        let here = "127.0.0.1".parse().ok();
        let headers = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_static(value));
            headers
        };
        let by = ClientAddress::Header("x-forwarded-for".to_owned());
        let told = |wanted: &ClientAddress, value| {
            client(wanted, &headers(value), here).map(|Client(address)| address.to_string())
        };
        assert_eq!(
            told(&by, "1.2.3.4, 192.0.2.7"),
            Some("192.0.2.7".to_owned())
        );
        assert_eq!(told(&by, "::ffff:192.0.2.7"), Some("192.0.2.7".to_owned()));
        assert_eq!(told(&by, "192.0.2.7, evil"), None);
        assert_eq!(told(&ClientAddress::Off, "192.0.2.7"), None);
        let connection = told(&ClientAddress::Connection, "192.0.2.7");
        assert_eq!(connection, Some("127.0.0.1".to_owned()));
    }
}
