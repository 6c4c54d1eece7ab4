import type { Backoff } from './connection/backoff.ts';

/** How long to wait, and for what; tests wait less. */
export interface Timing {
  /** Between connections. */
  readonly reconnect: Backoff;
  /** A connection that lasted so long begins anew with the first wait. */
  readonly stableSeconds: number;
  /** After a kick, or while a channel doesn't let us in. */
  readonly rejoin: Backoff;
  /** How often to ask for the nick that we want while another has it. */
  readonly regainSeconds: number;
  /** How long services may take to know us, and then how long until we ask again. */
  readonly signInSeconds: number;
  readonly signInAgainSeconds: number;
  /** How long a line waits for what WHOIS says about its speaker. */
  readonly whoisSeconds: number;
  /** How long the server may take to close the connection after QUIT. */
  readonly stopSeconds: number;
}

export const defaultTiming: Timing = {
  reconnect: { firstSeconds: 1, capSeconds: 60 },
  stableSeconds: 60,
  rejoin: { firstSeconds: 10, capSeconds: 300 },
  regainSeconds: 30,
  signInSeconds: 15,
  signInAgainSeconds: 300,
  whoisSeconds: 3,
  stopSeconds: 2,
};
