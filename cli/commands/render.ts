/** `ptgbot render --out DIR`: the site, once. */
import { isWebAddress } from '../../schedule-data/format/file-schemas.ts';
import { commitAt } from '../../schedule-data/git/commit-at.ts';
import { checkRepository } from '../../schedule-data/git/repository.ts';
import { contentAt } from '../../site/content/site-content.ts';
import { publishOnce } from '../../site/publish/publish-once.ts';
import { compileSite } from '../../site/build/compile.ts';
import { loadRenderer } from '../../site/render/load.ts';
import { instantOfOption } from '../instant.ts';
import { showProgress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';
import type { Config } from '../config.ts';

export interface RenderFlags {
  readonly rev?: string;
  /** As it was then, up to `rev`. */
  readonly at?: string;
  /** Where people will find the pages, instead of `site.url`. */
  readonly url?: string;
}

export async function render(
  out: string,
  { rev, at, url }: RenderFlags,
  { cache, data, site }: Config,
  print: (line: string) => void,
): Promise<void> {
  if (url !== undefined && !isWebAddress(url))
    throw new UsageError(
      `--url: expected a web address such as https://ptg.example.org, not ${url}`,
    );
  const gitdir = data.repository;
  const newest = rev ?? data.branch;
  const revision = at === undefined ? newest : await revisionAt(gitdir, newest, at);
  const content = await showProgress('reading the history', () =>
    contentAt(gitdir, revision, cache),
  );
  const renderer = await loadRenderer(
    await showProgress('compiling the pages', () => compileSite(cache)),
  );
  const { files, written, problems } = await showProgress('rendering the pages', () =>
    publishOnce(out, renderer, content, { site: url ?? site.url, gitdir }),
  );
  for (const { path, message } of problems) print(`${path}: ${message}`);
  print(`${files} files in ${out}, ${written} of them written`);
  if (problems.length) throw new Error('some pages could not be rendered');
}

async function revisionAt(gitdir: string, newest: string, at: string): Promise<string> {
  const time = instantOfOption('--at', at);
  await checkRepository(gitdir);
  const commit = await commitAt(gitdir, newest, time);
  if (commit === undefined)
    throw new UsageError(`--at: expected a time when there was a commit already, not ${at}`);
  return commit;
}
