/** `ptgbot render --out DIR`: the site, once. */
import { contentAt } from '../../site/content/site-content.ts';
import { Publisher } from '../../site/publish/publisher.ts';
import { compileSite } from '../../site/build/compile.ts';
import { loadRenderer } from '../../site/render/load.ts';
import { planSite } from '../../site/render/plan.ts';
import { showProgress } from '../progress.ts';
import type { Config } from '../config.ts';

export async function render(
  out: string,
  revision: string | undefined,
  { data, site }: Config,
  print: (line: string) => void,
): Promise<void> {
  const content = await showProgress('reading the history', () =>
    contentAt(data.repository, revision ?? data.branch),
  );
  const renderer = await loadRenderer(await showProgress('compiling the pages', compileSite));
  const { files, written, problems } = await showProgress('rendering the pages', async () => {
    const plan = await planSite(renderer, content, { site: site.url });
    return (await Publisher.open(out)).publish(content, plan);
  });
  for (const { path, message } of problems) print(`${path}: ${message}`);
  print(`${files} files in ${out}, ${written} of them written`);
  if (problems.length) throw new Error('some pages could not be rendered');
}
