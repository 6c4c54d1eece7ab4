import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Has a server listen, and gives its address, `http://127.0.0.1:8000/`.
 * @param listen `127.0.0.1:8000` or `[::1]:8000`; port 0 takes any free one
 * @param key where that is configured, for messages
 * @throws {Error} one clear sentence
 */
export async function listenOn(server: Server, listen: string, key: string): Promise<string> {
  const { host, port } = parseListen(listen);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, listen, key)));
    server.listen(port, host, resolve);
  });
  const { family, address, port: taken } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/`;
}

function parseListen(listen: string): { host: string; port: number } {
  const [, v6, name, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(listen) ?? [];
  if (port === undefined || Number(port) > 65_535)
    throw new Error(`Can't listen on "${listen}"; expected host:port such as 127.0.0.1:8000.`);
  return { host: v6 ?? name ?? '', port: Number(port) };
}

function listenError(error: NodeJS.ErrnoException, listen: string, key: string): Error {
  const reason =
    error.code === 'EADDRINUSE'
      ? `another program already does; end it, or give another address in ${key}`
      : error.code === 'EACCES'
        ? `that is not allowed; choose a port above 1023 in ${key}`
        : error.message;
  return new Error(`Can't listen on ${listen}: ${reason}.`, { cause: error });
}
