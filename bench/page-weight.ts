/** What the main page weighs with all that it needs, as a browser gets it, beside the old page. */
import { join } from 'node:path';
import { snapshotAt } from '../schedule-data/store/schedule-store.ts';
import { Publisher } from '../site/publish/publisher.ts';
import { compileSite } from '../site/build/compile.ts';
import { loadRenderer } from '../site/render/load.ts';
import { planSite } from '../site/render/plan.ts';
import { startServer } from '../site/server/server.ts';
import { report } from './measure.ts';
import { launchBrowser } from '../test/support/browser.ts';

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

export async function benchPageWeight(folder: string, repository: string): Promise<void> {
  const directory = join(folder, 'weighed');
  const snapshot = await snapshotAt(repository, 'main');
  const content = { ...snapshot, presence: [], history: new Map() };
  const plan = await planSite(await loadRenderer(await compileSite()), content);
  // A page that was published just now may be older than its revision, and is asked for again.
  const aMinuteAgo = new Date(Date.now() - 60_000);
  await (await Publisher.open(directory, () => aMinuteAgo)).publish(content, plan);
  const server = await startServer({ directory, listen: '127.0.0.1:0' });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const requests: { url: string; type: string }[] = [];
    page.on('request', (request) =>
      requests.push({ url: request.url(), type: request.resourceType() }),
    );
    await page.goto(server.url);
    await page.locator('#live:not([hidden])').waitFor();
    const foreign = requests.filter(({ url }) => !url.startsWith(server.url));
    // The transfer of the stream never ends; what it says is as long as revision.json.
    const sizes = await page.evaluate(() =>
      [
        ...performance.getEntriesByType('navigation'),
        ...performance.getEntriesByType('resource'),
      ].map((entry) => {
        const { name, encodedBodySize, decodedBodySize } = entry as PerformanceResourceTiming;
        return { isScript: name.endsWith('.js'), encodedBodySize, decodedBodySize };
      }),
    );
    const sum = (of: (size: (typeof sizes)[number]) => number) =>
      sizes.reduce((total, size) => total + of(size), 0);
    const total = sum(({ encodedBodySize }) => encodedBodySize);
    const scripts = sum(({ isScript, encodedBodySize }) => (isScript ? encodedBodySize : 0));
    const plain = sum(({ decodedBodySize }) => decodedBodySize);
    report('main page with all it needs, compressed', kB(total), '≤ 40 kB', total <= 40_000);
    report('  of which JavaScript', kB(scripts), '≤ 12 kB', scripts <= 12_000);
    report('  requests', String(requests.length), '≤ 6', requests.length <= 6);
    report('  of them to others', String(foreign.length), '0', foreign.length === 0);
    report('  not compressed', kB(plain));
    report('the page of the Python ptgbot', '105 kB; 430 kB not compressed', '8 requests');
  } finally {
    await browser.close();
    await server.close();
  }
}
