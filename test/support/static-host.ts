import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

export interface StaticHost {
  readonly url: string;
  close(): Promise<void>;
}

/** A web host that knows nothing of us: it serves the files of a folder, below a path such as `/sub`. */
export async function startStaticHost(
  directory: string,
  { base = '', port = 0 } = {},
): Promise<StaticHost> {
  const files = sirv(directory, { dev: true, etag: true });
  return startHost(port, (request, response) => {
    if (!request.url?.startsWith(`${base}/`)) return void response.writeHead(404).end();
    request.url = request.url.slice(base.length);
    files(request, response);
  });
}

/** A host that answers like this. */
export async function startHost(port: number, answer: RequestListener): Promise<StaticHost> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
