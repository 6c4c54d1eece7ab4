import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openPublisher } from '../../site/publish.ts';
import { loadRenderer } from '../../site/renderer/load.ts';
import { planSite, type SiteContent } from '../../site/renderer/render.ts';
import { startServer } from '../../site/server/server.ts';

/** A published site on a server of its own. */
export interface ServedSite {
  readonly url: string;
  /** The pages, one of each kind: those of one folder are made by one template. */
  readonly kinds: readonly string[];
  publish(content: SiteContent): Promise<void>;
  close(): Promise<void>;
}

/** Publishes content with the renderer in a folder, and serves that. */
export async function serveSite(renderer: string, first: SiteContent): Promise<ServedSite> {
  const directory = await mkdtemp(join(tmpdir(), 'ptgbot-served-'));
  const publisher = await openPublisher(directory);
  const compiled = await loadRenderer(renderer);
  const options = { site: 'https://ptg.example.org', base: '/' };
  const kinds = new Map<string, string>();
  const publish = async (content: SiteContent) => {
    const plan = await planSite(compiled, content, options);
    for (const [path] of plan.files.map(({ paths }) => paths)) {
      const kind = path.replace(/^(\w+)\/[^/]+\//, '$1/*/');
      if (path.endsWith('.html') && !kinds.has(kind)) kinds.set(kind, path);
    }
    expect((await publisher.publish(content, plan)).problems).toEqual([]);
  };
  await publish(first);
  const server = await startServer({ directory, listen: '127.0.0.1:0' });
  return {
    url: server.url,
    kinds: [...kinds.values()].map((file) => file.replace(/(^|\/)index\.html$/, '$1')),
    async publish(content) {
      await publish(content);
      await server.tell();
    },
    async close() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
