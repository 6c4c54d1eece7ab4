import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type ConnectionOptions } from 'node:tls';
import type { IrcConfig } from '../config.ts';

/**
 * Options for TLS, checked at the start: in the middle of a reconnect nobody would see what is wrong.
 *
 * @throws {Error} with a sentence for people if the files of `ca` or `certificate` can't be used
 */
export function tlsOptions(config: IrcConfig): ConnectionOptions {
  const ca = config.ca && readPem('ca', config.ca);
  const certificate = config.certificate && readPem('certificate', config.certificate);
  return {
    rejectUnauthorized: config.rejectUnauthorized,
    ...(ca && { ca }),
    ...(certificate && { cert: certificate, key: certificate }),
  };
}

function readPem(key: 'ca' | 'certificate', path: string): string {
  let pem;
  try {
    pem = readFileSync(path, 'utf8');
    if (key === 'ca') new X509Certificate(pem);
    else createSecureContext({ cert: pem, key: pem });
  } catch (error) {
    const what = key === 'ca' ? 'certificates' : 'our certificate and its private key';
    throw new Error(
      `irc.${key}: cannot use ${path}, expected a PEM file with ${what} (${(error as Error).message})`,
      { cause: error },
    );
  }
  return pem;
}
