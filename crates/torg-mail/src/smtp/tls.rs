//! Certificates for the doors that encrypt; the web uses them too.

use std::sync::{Arc, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;

/// Why a certificate cannot be used.
#[derive(Debug, Error)]
pub enum TlsError {
    /// The certificate file is not PEM.
    #[error("the certificate file cannot be read: {0}")]
    Certificate(String),
    /// The file holds no certificate.
    #[error("the certificate file holds no certificate")]
    NoCertificate,
    /// The key file is not PEM, or holds no private key (PKCS#8, PKCS#1 or SEC1).
    #[error("the key file cannot be read: {0}")]
    Key(String),
    /// Certificate and key do not fit each other, or are of a kind we cannot use.
    #[error("certificate and key cannot be used: {0}")]
    Unusable(#[from] rustls::Error),
}

/// TLS 1.2 and 1.3 with a certificate chain (own certificate first) and its key, both PEM.
/// No client certificates; no ALPN, which is the caller's to add.
pub fn server_config(cert_pem: &[u8], key_pem: &[u8]) -> Result<Arc<ServerConfig>, TlsError> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(cert_pem)
        .collect::<Result<_, _>>()
        .map_err(|error| TlsError::Certificate(error.to_string()))?;
    if chain.is_empty() {
        return Err(TlsError::NoCertificate);
    }
    let key =
        PrivateKeyDer::from_pem_slice(key_pem).map_err(|error| TlsError::Key(error.to_string()))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok(Arc::new(config))
}

/// A configuration that can be renewed while connections run: certificates last 90 days,
/// servers longer. Connections keep what they began with.
#[derive(Debug)]
pub struct TlsSlot {
    current: RwLock<Arc<ServerConfig>>,
}

impl TlsSlot {
    /// A slot that holds `config` for now.
    pub fn new(config: Arc<ServerConfig>) -> Arc<TlsSlot> {
        Arc::new(TlsSlot { current: RwLock::new(config) })
    }

    /// What new connections use.
    pub fn current(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What connections from now on use, such as a renewed certificate.
    pub fn replace(&self, config: Arc<ServerConfig>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = config;
    }
}
