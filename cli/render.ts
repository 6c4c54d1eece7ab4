/** `ptgbot render --out DIR`: the site, once. */
import { snapshotAt } from '../schedule-data/repository.ts';
import { openPublisher } from '../site/publish.ts';
import { compileSite } from '../site/renderer/compile.ts';
import { loadRenderer } from '../site/renderer/load.ts';
import { renderSite } from '../site/renderer/render.ts';
import type { Config } from './config.ts';

export async function render(
  out: string,
  revision: string | undefined,
  { data, site }: Config,
  print: (line: string) => void,
): Promise<void> {
  const snapshot = {
    ...(await snapshotAt(data.repository, revision ?? data.branch)),
    presence: [],
  };
  const base = site.url === undefined ? '/' : new URL(site.url).pathname;
  const rendered = await renderSite(await loadRenderer(await compileSite()), snapshot, {
    site: site.url,
    base,
  });
  const { written } = await (await openPublisher(out)).publish(snapshot, rendered);
  for (const { path, message } of rendered.problems) print(`${path}: ${message}`);
  print(`${rendered.files.size} files in ${out}, ${written} of them written`);
  if (rendered.problems.length) throw new Error('some pages could not be rendered');
}
