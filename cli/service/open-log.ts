import { pino, type Logger } from 'pino';

/** People at a terminal get sentences, machines get JSON; both on standard error. */
export async function openLog(): Promise<Logger> {
  if (!process.stderr.isTTY) return pino({ base: {} }, pino.destination({ dest: 2, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  // Through the stream, so that a line of progress makes room.
  return pino({ base: {} }, pretty({ destination: process.stderr, ignore: 'pid,hostname' }));
}
