const unknownAuthority =
  'its certificate is not from an authority that we trust; name the file of its certificate with the key ca';

const causes: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  EPROTO: 'it does not speak TLS on this port (6697 is usual; tls: false turns it off)',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'it does not speak TLS on this port (6697 is usual; tls: false turns it off)',
  ERR_SSL_PACKET_LENGTH_TOO_LONG:
    'it does not speak TLS on this port (6697 is usual; tls: false turns it off)',
  ECONNREFUSED: 'nothing listens on this port',
  ECONNRESET: 'it cut the connection',
  EPIPE: 'it cut the connection',
  ENOTFOUND: 'there is no server with that name',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'it cannot be reached',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'it does not answer',
};

/** Why a connection failed, as the second half of a sentence about the server. */
export function explainNetworkError(error: Error): string {
  // With several addresses tried, the error is an AggregateError without an own message.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return causes[code] ?? (first instanceof Error ? first.message : String(first));
}
