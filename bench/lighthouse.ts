/**
 * What Lighthouse says of the pages on a telephone, in the system's Chromium.
 *
 *     npm run lighthouse [-- DATABASE.json]     a database of the Python ptgbot, instead of one made up
 *
 * Lighthouse is 150 MB, so it is no dependency: npx fetches it. All reasons for a lost point are printed.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { importPython } from '../schedule-data/import/import-python.ts';
import { Publisher } from '../site/publish/publisher.ts';
import { compileSite } from '../site/build/compile.ts';
import { loadRenderer } from '../site/render/load.ts';
import { planSite } from '../site/render/plan.ts';
import { startServer } from '../site/server/server.ts';
import { snapshot } from '../test/support/build-site.ts';
import { variousChanges } from '../test/support/changes.ts';
import { database } from './database.ts';
import { median, report } from './measure.ts';

const run = promisify(execFile);
const lighthouse = 'lighthouse@13.5.0';
/** The performance of a page varies; the median of these counts. */
const runs = 3;
const aims = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 };
type Category = keyof typeof aims;

interface Report {
  readonly categories: Record<
    Category,
    { score: number; auditRefs: { id: string; weight: number }[] }
  >;
  readonly audits: Record<string, { score: number | null; title: string; displayValue?: string }>;
}

async function examine(url: string): Promise<Report> {
  const flags = ['--headless=new', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const { stdout } = await run(
    'npx',
    ['--yes', lighthouse, url, '--quiet', '--output=json', `--chrome-flags=${flags.join(' ')}`],
    {
      env: {
        ...process.env,
        CHROME_PATH: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
      },
      maxBuffer: 64 * 1024 * 1024,
    },
  ).catch((error: { stderr: string }) => {
    throw new Error(`Lighthouse could not look at ${url}: ${error.stderr.trim()}`);
  });
  return JSON.parse(stdout) as Report;
}

/** Why a page has not all points of a category: `Tap targets are too small (4 found)`. */
function losses({ categories, audits }: Report, category: Category): string[] {
  return categories[category].auditRefs
    .filter(({ weight }) => weight > 0)
    .flatMap(({ id }) => audits[id] ?? [])
    .filter(({ score }) => score !== null && score < 0.9)
    .map(({ title, displayValue }) => `${title}${displayValue ? ` (${displayValue})` : ''}`);
}

const folder = mkdtempSync(join(tmpdir(), 'ptgbot-lighthouse-'));
const { schedule } = importPython(database(process.argv[2]), { timezone: 'America/Denver' });
const content = { ...snapshot({}, [], [], new Map(), variousChanges()), schedule };
const plan = await planSite(await loadRenderer(await compileSite()), content);
await (await Publisher.open(folder)).publish(content, plan);
const server = await startServer({ directory: folder, listen: '127.0.0.1:0' });
const [track, room] = [schedule.tracks, schedule.rooms].map((all) => all.keys().next().value);
try {
  for (const path of ['', `tracks/${track}/`, `rooms/${room}/`, 'signage.html', 'changes/']) {
    const reports: Report[] = [];
    for (let run = 0; run < runs; run++) reports.push(await examine(server.url + path));
    for (const category of Object.keys(aims) as Category[]) {
      const score = 100 * median(reports.map(({ categories }) => categories[category].score));
      const isMet = score >= aims[category];
      report(`/${path} ${category}`, score.toFixed(0), `≥ ${aims[category]}`, isMet);
      if (!isMet) for (const loss of losses(reports[0]!, category)) console.log(`    ${loss}`);
    }
  }
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
