/** What a server asks for with the capability `sts` (IRCv3 strict transport security). */
export interface StsPolicy {
  /** Where it takes TLS; said on connections without. */
  readonly port?: number;
  /** For how long to come with TLS only; said on connections with TLS. */
  readonly durationSeconds?: number;
}

/** Reads the value of the capability, `port=6697,duration=2592000`; malformed keys count as missing. */
export function parseStsPolicy(value: string): StsPolicy {
  const number = (key: string) => {
    const found = new RegExp(`(?:^|,)${key}=(\\d{1,10})(?:,|$)`).exec(value)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const [port, durationSeconds] = [number('port'), number('duration')];
  return {
    ...(port !== undefined && port > 0 && port < 65536 && { port }),
    ...(durationSeconds !== undefined && { durationSeconds }),
  };
}

/**
 * Where to connect, and whether with TLS: as configured, or as the server asks for. A server that
 * was reached with TLS, and asked for it, is not reached without before that time is over.
 */
export class TransportSecurity {
  readonly #configured: { readonly port: number; readonly tls: boolean };
  #current: { readonly port: number; readonly isSecure: boolean };
  #upgradeTo: number | undefined;
  #durationSeconds: number | undefined;
  #kept: { readonly port: number; readonly until: number } | undefined;

  constructor(configured: { readonly port: number; readonly tls: boolean }) {
    this.#configured = configured;
    this.#current = { port: configured.port, isSecure: configured.tls };
  }

  get port(): number {
    return this.#current.port;
  }

  /** For the next connection. @param now milliseconds since 1970 */
  nextEndpoint(now: number): { readonly port: number; readonly isSecure: boolean } {
    const { port, tls } = this.#configured;
    const secure =
      this.#upgradeTo ?? (this.#kept && now < this.#kept.until ? this.#kept.port : undefined);
    this.#upgradeTo = undefined;
    this.#current =
      secure === undefined || tls ? { port, isSecure: tls } : { port: secure, isSecure: true };
    return this.#current;
  }

  /** What the server asks for. @returns must this connection end for it? */
  applyPolicy({ port, durationSeconds }: StsPolicy): boolean {
    if (this.#current.isSecure) {
      this.#durationSeconds = durationSeconds;
      return false;
    }
    if (port === undefined) return false;
    this.#upgradeTo = port;
    return true;
  }

  /** The time begins to run when a connection ends. */
  disconnected(now: number): void {
    const { port, isSecure } = this.#current;
    if (isSecure && this.#durationSeconds !== undefined)
      this.#kept = { port, until: now + this.#durationSeconds * 1000 };
    this.#durationSeconds = undefined;
  }
}
