import type { Client } from 'irc-framework';
import type { Logger } from 'pino';
import type { IrcConfig } from './config.ts';
import { explainFailure } from './explain.ts';

/** Puts what the server refuses into the log, and remembers why it ends the connection. */
export function followComplaints(
  client: Client,
  config: IrcConfig,
  ourChannel: (name: string | undefined) => string | undefined,
  logger: Logger,
): { readonly reason: string } {
  let reason = '';

  client.on('irc error', (error) => {
    const said = error.reason ?? error.error;
    if (error.error === 'irc' || error.error === 'banned_from_network')
      reason ||= `it said: ${said}`;
    else if (error.error === 'password_mismatch') reason = 'it does not accept the password';
    else if (error.error !== 'no_such_nick')
      logger.warn(`The server refuses ${error.channel ?? 'something'}: ${said}`);
  });
  client.on('channel_redirect', ({ from, to }) => {
    logger.warn(`The server sends us to ${to} instead of ${from}: we don't go there`);
  });
  client.on('unknown command', ({ command, params }) => {
    const channel = ourChannel(params[1]);
    if (/^[45]\d\d$/.test(command) && channel)
      logger.warn(`The server refuses ${channel}: ${params.at(-1)}`);
  });
  client.on('sasl failed', ({ reason: kind, message }) => {
    const lacking = kind === 'capability_missing' || kind === 'unsupported_mechanism';
    const why = lacking ? 'the server does not offer it' : (message ?? kind);
    // A certificate serves without SASL too, where services compare fingerprints.
    if (config.sasl || !lacking)
      logger.error(`Could not log in with SASL: ${why}. Going on without an account`);
  });
  client.on('ping timeout', () => {
    reason ||= 'it fell silent';
  });
  client.on('socket close', (error) => {
    if (error) reason ||= explainFailure(error);
  });

  return {
    get reason() {
      return reason || 'it closed the connection';
    },
  };
}
