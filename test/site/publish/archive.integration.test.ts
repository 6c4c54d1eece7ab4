/** The pages of all changes, in a folder that is written again and again, out of real histories. */
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { repositoryAt } from '../../../schedule-data/git/repository.ts';
import { ScheduleStore } from '../../../schedule-data/store/schedule-store.ts';
import { contentAt } from '../../../site/content/site-content.ts';
import { Archive } from '../../../site/publish/archive.ts';
import { publishOnce } from '../../../site/publish/publish-once.ts';
import { Publisher } from '../../../site/publish/publisher.ts';
import { startSiteWatcher } from '../../../site/publish/watcher.ts';
import { loadRenderer, type Renderer } from '../../../site/render/load.ts';
import { discussTopics, revertTopic } from '../../support/history.ts';
import { git, message, smallRepository, temporaryFolder } from '../../support/repository.ts';

let renderer: Renderer;
beforeAll(async () => {
  renderer = await loadRenderer(inject('renderer'));
});

const longAgo = new Date('2018-01-01T00:00:00Z');

/** A repository with a history, and a folder for its site. */
async function site(topics: number) {
  const gitdir = await smallRepository();
  const store = new ScheduleStore(repositoryAt(gitdir));
  const commits = await discussTopics(store, topics);
  const folder = join(temporaryFolder(), 'www');
  const pathOf = (commit: string) => join(folder, 'changes', commit, 'index.html');
  const pageOf = (number: number) => join(folder, 'changes/page', String(number), 'index.html');
  return {
    gitdir,
    store,
    folder,
    commits,
    pathOf,
    pageOf,
    publish: async (revision = 'main', from = gitdir) =>
      publishOnce(folder, renderer, await contentAt(from, revision), { gitdir: from }),
    read: (commit: string) => readFileSync(pathOf(commit), 'utf8'),
    /** Those of changes and those of pages, by name. */
    names: () => ({
      commits: readdirSync(join(folder, 'changes'))
        .filter((name) => name.length === 40)
        .sort(),
      pages: (existsSync(join(folder, 'changes/page'))
        ? readdirSync(join(folder, 'changes/page'))
        : []
      )
        .map(Number)
        .sort((a, b) => a - b),
    }),
    /** Has every file look old, so that one sees which are written again. */
    age: () => {
      for (const path of lasting(folder)) utimesSync(join(folder, path), longAgo, longAgo);
    },
    writtenSince: () =>
      lasting(folder).filter((path) => +statSync(join(folder, path)).mtime !== +longAgo),
  };
}

const lasting = (folder: string) =>
  readdirSync(join(folder, 'changes'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html') && path !== 'index.html')
    .map((path) => join('changes', path))
    .sort();

const history = (gitdir: string) =>
  git(gitdir, 'log', '--first-parent', '--format=%H', 'main').split('\n').sort();

describe('the pages of changes', () => {
  test('are there for all of them, and are written once', async () => {
    const { gitdir, store, commits, publish, names, age, writtenSince, read } = await site(340);
    await publish();
    expect(names()).toEqual({ commits: history(gitdir), pages: [1, 2, 3] });
    expect(read(commits[20]!)).toContain('nova now: topic 21 (was topic 20)');

    age();
    await publish();
    expect(writtenSince()).toEqual([]);

    const [said] = await discussTopics(store, 1, 'one more');
    await publish();
    expect(writtenSince()).toEqual([`changes/${said}/index.html`]);

    age();
    const revert = await revertTopic(store, commits[20]!);
    await publish();
    expect(writtenSince()).toEqual(
      [`changes/${revert}/index.html`, `changes/${commits[20]}/index.html`].sort(),
    );
    expect(read(commits[20]!)).toContain(`href="/changes/${revert}/"`);
    expect(read(revert)).toContain(`href="/changes/${commits[20]}/"`);
    await store.close();
  });

  test('go on where they were when the program ended in between', async () => {
    const { gitdir, folder, commits, publish, names, age, writtenSince, pageOf, pathOf } =
      await site(540);
    await publish();
    age();
    // As it is after two of four old pages.
    const file = join(folder, '.ptgbot-changes.json');
    const state = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...state, count: 200, commit: commits[198] }));
    rmSync(pageOf(3));
    rmSync(pathOf(commits[250]!));
    await publish();
    expect(names()).toEqual({ commits: history(gitdir), pages: [1, 2, 3, 4, 5] });
    expect(existsSync(pathOf(commits[250]!))).toBe(true);
    const written = writtenSince();
    expect(written).toContain('changes/page/3/index.html');
    expect(written).not.toContain('changes/page/2/index.html');
    expect(written).not.toContain(`changes/${commits[150]}/index.html`);
  });

  test('are those of this history alone when it was rewritten, and when it is another one', async () => {
    const { gitdir, folder, store, commits, publish, names } = await site(240);
    writeFileSync(join(folder, '..', 'outside'), 'x');
    await publish();
    git(gitdir, 'update-ref', 'refs/heads/main', commits[219]!);
    await publish();
    expect(names()).toEqual({ commits: history(gitdir), pages: [1, 2] });
    await discussTopics(store, 5, 'instead');
    await publish();
    expect(names()).toEqual({ commits: history(gitdir), pages: [1, 2] });

    writeFileSync(join(folder, 'changes', 'of-somebody'), 'x');
    const other = await smallRepository(
      new Map([['event.yaml', 'id: x\nname: Other\ntimezone: UTC\n']]),
    );
    await publish('main', other);
    expect(names()).toEqual({ commits: history(other), pages: [] });
    expect(existsSync(join(folder, 'changes', 'of-somebody'))).toBe(true);
    await store.close();
  });

  test('are made anew when what stands around them is another', async () => {
    const { store, publish, read, commits } = await site(240);
    await publish();
    await store.update(({ schedule }) => ({
      result: undefined,
      change: {
        schedule: { ...schedule, event: { ...schedule.event, name: 'Winter Gathering' } },
        message: message('event'),
      },
    }));
    await publish();
    expect(read(commits[3]!)).toContain('Winter Gathering');
    await store.close();
  });

  test('hold nothing that changes later: colours, announcements, problems', async () => {
    const { store, publish, pageOf } = await site(120);
    await store.update(({ schedule }) => ({
      result: undefined,
      change: {
        schedule: { ...schedule, announcements: [{ level: 'info', message: 'Lunch is ready' }] },
        message: message('motd'),
      },
    }));
    await publish();
    const page = readFileSync(pageOf(1), 'utf8');
    expect(page).not.toContain('Lunch is ready');
    expect(page).not.toContain('tracks.');
    await store.close();
  });

  test('are there also of commits that came faster than the site is published', async () => {
    const { gitdir, folder, store, names } = await site(10);
    const log = pino({ level: 'silent' });
    const watcher = startSiteWatcher({
      renderer,
      publisher: await Publisher.open(folder),
      log,
      archive: (planner) => new Archive(folder, planner, gitdir, log),
    });
    await watcher.publish(await contentAt(gitdir, 'main'));
    await discussTopics(store, 330, 'quick');
    await watcher.publish(await contentAt(gitdir, 'main'));
    await expect.poll(() => names()).toEqual({ commits: history(gitdir), pages: [1, 2, 3] });
    await watcher.close();
    await store.close();
  });
});
