import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

/** A web host that knows nothing of us: it serves the files of a folder. */
export async function startStaticHost(directory: string): Promise<{ url: string; server: Server }> {
  const files = sirv(directory, { dev: true, etag: true });
  const server = createServer((request, response) => files(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
