import { pino, type Logger } from 'pino';

/**
 * People at a terminal get sentences, machines get JSON; both on standard error.
 * @param isQuiet only what is wrong: somebody writes on the same terminal
 */
export async function openLog(isQuiet = false): Promise<Logger> {
  const options = { base: {}, level: isQuiet ? 'warn' : 'info' };
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  // Through the stream, so that a line of progress makes room.
  return pino(options, pretty({ destination: process.stderr, ignore: 'pid,hostname' }));
}
