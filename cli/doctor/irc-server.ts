/** The IRC server, as far as one gets without signing in: its name, its port, its certificate. */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { IrcConfig } from '../../bot/irc/config.ts';
import { explainNetworkError } from '../../bot/irc/connection/network-errors.ts';
import { tlsOptions } from '../../bot/irc/connection/tls-options.ts';
import { plural } from '../../schedule-data/text/text.ts';
import type { Config } from '../config.ts';
import { none, ok, warning, wrong, type Finding } from './finding.ts';

/** How long each step may take, in milliseconds. */
const patience = 5000;

export async function lookAtIrcServer({ irc }: Config): Promise<readonly Finding[]> {
  if (!irc) return [none('IRC server', 'irc is not configured, so the terminal is the chat')];
  const { server, port } = irc;
  const findings: Finding[] = [];
  if (isIP(server) === 0) {
    const what = `name ${server}`;
    const failure = await lookup(server).then(
      () => undefined,
      (error: Error) => error,
    );
    if (failure)
      return [
        wrong(what, explainNetworkError(failure), `look at irc.server: getent hosts ${server}`),
      ];
    findings.push(ok(what));
  }
  const what = `IRC server ${server}:${port}`;
  const socket = patient(connectTcp({ host: server, port }));
  try {
    await once(socket, 'connect');
    findings.push(ok(what));
    findings.push(await handshake(irc, socket));
  } catch (error) {
    const remedy = `look at irc.port, at the firewall, and at the network's news`;
    findings.push(wrong(what, explainNetworkError(error as Error), remedy));
  } finally {
    socket.destroy();
  }
  return findings;
}

async function handshake(irc: IrcConfig, tcp: Socket): Promise<Finding> {
  const { server, port } = irc;
  const what = `certificate of ${server}`;
  if (!irc.tls) return none(what, 'irc.tls is false');
  try {
    const name = isIP(server) === 0 ? { servername: server } : {};
    const socket = connectTls({ socket: tcp, host: server, ...name, ...tlsOptions(irc) });
    await once(patient(socket), 'secureConnect');
    const { valid_to } = socket.getPeerCertificate();
    socket.destroy();
    return certificateFinding(what, new Date(valid_to), new Date(), irc.rejectUnauthorized);
  } catch (error) {
    const look = `openssl s_client -connect ${server}:${port}`;
    return wrong(what, explainNetworkError(error as Error), look);
  }
}

export function certificateFinding(
  what: string,
  end: Date,
  now: Date,
  isVerified: boolean,
): Finding {
  const days = Math.floor((end.getTime() - now.getTime()) / 86_400_000);
  const left = days < 0 ? 'it has expired' : `it ends in ${plural(days, 'day')}`;
  if (!isVerified)
    return warning(what, `any is accepted, and ${left}`, 'remove irc.rejectUnauthorized');
  if (days < 0) return wrong(what, left, 'only those who run the server can renew it: tell them');
  if (days < 14)
    return warning(what, left, 'only those who run the server can renew it: tell them');
  return ok(`${what}: ${left}`);
}

function patient<S extends Socket>(socket: S): S {
  // Whoever waits hears of the first error; one that comes later is nobody's.
  return socket
    .on('error', () => undefined)
    .setTimeout(patience, () =>
      socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
    );
}
