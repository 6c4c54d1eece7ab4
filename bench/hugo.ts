/** A peer in the same run: Hugo with pages of the same data, watching it as we do, and from nothing. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import { median, ms, report, timings } from './measure.ts';
import { waitForFile } from './wait-for-file.ts';

const project = join(import.meta.dirname, '..');
const changes = 20;

/** Markup of the same parts as ours, as little as it takes: board, grid, a page for each track and room. */
const layouts: Readonly<Record<string, string>> = {
  'index.html': `<!doctype html><title>{{ .Site.Data.event.name }}</title><ul>
{{ range $slug, $track := .Site.Data.event.tracks }}{{ with $track.now }}<li><a href="/tracks/{{ $slug }}/">{{ $slug }}</a> {{ .topic }}</li>{{ end }}{{ end }}</ul>
{{ range .Site.Data.event.days }}<h2>{{ .name }}</h2><table>{{ range $slot := .slots }}<tr><th>{{ .start }}-{{ .end }}</th>
{{ range $.Site.Data.event.rooms }}<td>{{ index .slots $slot.name }}</td>{{ end }}</tr>{{ end }}</table>{{ end }}`,
  'tracks/single.html': `<!doctype html><title>{{ .Title }}</title>{{ with index .Site.Data.event.tracks .Title }}<h1>{{ $.Title }}</h1>{{ with .now }}<p>{{ .topic }}</p>{{ end }}{{ range .next }}<p>{{ . }}</p>{{ end }}{{ end }}`,
  'rooms/single.html': `<!doctype html><title>{{ .Title }}</title>{{ with index .Site.Data.event.rooms .Title }}<h1>{{ .name }}</h1>{{ range $slot, $track := .slots }}<p>{{ $slot }} {{ $track }}</p>{{ end }}{{ end }}`,
};

/** Replaced as a whole, as editors do it. */
function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

function writeData(site: string, { event, rooms, tracks }: Schedule, topic: string): void {
  const [first = ''] = tracks.keys();
  const plain = Object.fromEntries(tracks);
  const data = {
    name: event.name,
    days: event.days,
    rooms: Object.fromEntries(
      [...rooms].map(([slug, room]) => [
        slug,
        { name: room.name, slots: Object.fromEntries(room.slots) },
      ]),
    ),
    tracks: { ...plain, [first]: { ...plain[first], now: { topic } } },
  };
  write(join(site, 'data/event.json'), JSON.stringify(data));
}

export async function benchHugo(
  folder: string,
  schedule: Schedule,
  repository: string,
): Promise<void> {
  const site = join(folder, 'hugo');
  for (const [path, text] of Object.entries(layouts)) write(join(site, 'layouts', path), text);
  for (const kind of ['rooms', 'tracks'] as const)
    for (const slug of schedule[kind].keys())
      write(join(site, 'content', kind, `${slug}.md`), `---\ntitle: "${slug}"\n---\n`);
  write(join(site, 'config.toml'), 'disableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n');
  writeData(site, schedule, 'begin');
  const hugo = (...args: string[]) => {
    try {
      execFileSync('hugo', ['--source', site, '--quiet', ...args], { stdio: 'pipe' });
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw isMissing
        ? new Error('this needs hugo: apt-get install hugo', { cause: error })
        : error;
    }
  };
  const cold = median(
    await timings(5, () => {
      rmSync(join(site, 'public'), { recursive: true, force: true });
      hugo();
    }),
  );
  const render = median(
    await timings(5, (index) =>
      execFileSync(
        process.execPath,
        [
          join(project, 'ptgbot.ts'),
          'render',
          ...['--repository', repository, '--out', join(folder, `rendered-${index}`)],
        ],
        { stdio: 'ignore' },
      ),
    ),
  );
  const build = median(
    await timings(3, (index) =>
      execFileSync(
        process.execPath,
        [
          join(project, 'node_modules/astro/bin/astro.mjs'),
          ...['build', '--root', project, '--outDir', join(folder, `built-${index}`, 'build')],
        ],
        { stdio: 'ignore', env: { ...process.env, PTGBOT_REPOSITORY: repository } },
      ),
    ),
  );
  report('from nothing: hugo', ms(cold));
  report('from nothing: ptgbot render', `${ms(render)}, ×${(render / cold).toFixed(1)}`);
  report('from nothing: astro build', `${ms(build)}, ×${(build / cold).toFixed(1)}`);

  const server = spawn('hugo', ['server', '--source', site, '--renderToDisk', '--port', '0'], {
    stdio: 'ignore',
  });
  try {
    const page = join(site, 'public/index.html');
    await setTimeout(3000);
    const times = await timings(changes, async (index) => {
      const topic = `changed-${index}-`;
      writeData(site, schedule, topic);
      await waitForFile(page, (text) => text.includes(topic), 20);
    });
    report('data file changed → page on disk, hugo server', ms(median(times)));
  } finally {
    server.kill();
  }
}
