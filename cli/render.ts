/** `ptgbot render --out DIR`: the site, once. */
import { historyAt } from '../schedule-data/history/history.ts';
import { snapshotAt } from '../schedule-data/repository.ts';
import { openPublisher } from '../site/publish.ts';
import { compileSite } from '../site/renderer/compile.ts';
import { loadRenderer } from '../site/renderer/load.ts';
import { planSite } from '../site/renderer/render.ts';
import type { Config } from './config.ts';

export async function render(
  out: string,
  revision: string | undefined,
  { data, site }: Config,
  print: (line: string) => void,
): Promise<void> {
  const snapshot = await snapshotAt(data.repository, revision ?? data.branch);
  const history = await historyAt(data.repository, snapshot);
  const base = site.url === undefined ? '/' : new URL(site.url).pathname;
  const plan = await planSite(
    await loadRenderer(await compileSite()),
    { ...snapshot, presence: [], history },
    {
      site: site.url,
      base,
    },
  );
  const { files, written, problems } = await (await openPublisher(out)).publish(snapshot, plan);
  for (const { path, message } of problems) print(`${path}: ${message}`);
  print(`${files} files in ${out}, ${written} of them written`);
  if (problems.length) throw new Error('some pages could not be rendered');
}
