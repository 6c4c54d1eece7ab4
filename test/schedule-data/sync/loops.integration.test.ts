import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { repositoryAt } from '../../../schedule-data/git/repository.ts';
import { withTrack } from '../../../schedule-data/schedule/schedule.ts';
import { ScheduleStore } from '../../../schedule-data/store/schedule-store.ts';
import { RemoteSync } from '../../../schedule-data/sync/remote-sync.ts';
import { Clone, git, message, smallRepository, temporaryFolder } from '../../support/repository.ts';
import { eventually } from '../../support/service.ts';

/** 1000 for the long proof: PTGBOT_CHANGES=1000 npm test -- loops */
const changes = Number(process.env['PTGBOT_CHANGES'] ?? 6);

/** Somebody with a clone, who works while all others do. */
class Person {
  readonly #clone: Clone;
  readonly #name: string;
  /** What was pushed: nobody may lose it. */
  readonly pushed: string[] = [];

  constructor(gitdir: string, name: string) {
    this.#clone = new Clone(gitdir);
    this.#name = name;
  }

  async #git(...args: string[]): Promise<string> {
    const user = ['-c', `user.name=${this.#name}`, '-c', `user.email=${this.#name}@example.org`];
    const { stdout } = await promisify(execFile)('git', [...user, ...args], {
      cwd: this.#clone.folder,
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_EDITOR: 'true' },
    });
    return stdout.trim();
  }

  /** Changes a file and pushes; whoever was faster is rebased on, or merged, in turns. */
  async changes(path: string, edit: (text: string) => string, subject: string): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await this.#git('fetch', '--quiet');
        await this.#git('reset', '--quiet', '--hard', 'origin/main');
        const file = join(this.#clone.folder, path);
        writeFileSync(file, edit(readFileSync(file, 'utf8')));
        await this.#git('commit', '--quiet', '--all', '--allow-empty', '-m', subject);
        await this.#git('push', '--quiet').catch(async () => {
          await this.#git('pull', '--quiet', tries % 2 ? '--rebase' : '--no-rebase', '--no-edit');
          await this.#git('push', '--quiet');
        });
        this.pushed.push(await this.#git('rev-parse', 'HEAD'));
        return;
      } catch (error) {
        // Others changed the same lines, or were faster once more: it is done anew.
        for (const what of ['rebase', 'merge']) await this.#git(what, '--abort').catch(() => '');
        if (tries > 200) throw error;
      }
    }
  }
}

const withField = (key: string, value: string) => (text: string) =>
  `${text.replace(new RegExp(`^${key}:.*\n`, 'm'), '')}${key}: "${value}"\n`;

test(`${changes} changes each by the bot, at the remote and by a push to the bot: no commit and no value is lost`, async () => {
  const gitdir = await smallRepository(
    new Map([
      ['event.yaml', 'id: x\nname: X\ntimezone: UTC\n'],
      ['tracks/nova.yaml', 'color: "#000000"\n\n# Where:\nlocation: "?"\n\nnow:\n  topic: "?"\n'],
      ['tracks/cinder.yaml', 'location: "?"\n'],
      ['tracks/swift.yaml', 'now: { topic: "said 0" }\n'],
    ]),
  );
  const remote = join(temporaryFolder(), 'remote.git');
  git('/', 'clone', '--quiet', '--bare', gitdir, remote);
  const store = new ScheduleStore(repositoryAt(gitdir));
  const problems: (string | undefined)[] = [];
  const sync = new RemoteSync({
    repository: repositoryAt(gitdir),
    store,
    remote: { url: remote },
    interval: 100,
    onProblem: (problem) => problems.push(problem),
  });
  const [ada, bob] = [new Person(remote, 'ada'), new Person(gitdir, 'bob')];
  const said: string[] = [];
  const says = async (slug: string, topic: string) => {
    const { snapshot } = await store.update(({ schedule }) => ({
      result: undefined,
      change: {
        schedule: withTrack(schedule, slug, { ...schedule.tracks.get(slug)!, now: { topic } }),
        message: message(`${slug}: now ${topic}`),
      },
    }));
    said.push(snapshot.commit);
  };
  const contested = (topic: string) => () => `now: { topic: "${topic}" }\n`;
  const rounds = Array.from({ length: changes }, (_, index) => index + 1);
  const pack = (where: string) => promisify(execFile)('git', ['-C', where, 'gc', '--quiet']);

  await Promise.all([
    (async () => {
      for (const round of rounds) {
        await says('nova', `bot ${round}`);
        await says('swift', `said ${round}`);
        // At the pace of the others, so that all of it happens at the same time.
        while (ada.pushed.length < 3 * round - 3) await new Promise((go) => setTimeout(go, 5));
        if (round % 10 === 0) await pack(gitdir);
      }
    })(),
    (async () => {
      for (const round of rounds) {
        const color = `#${String(round).padStart(6, '0')}`;
        await ada.changes('tracks/nova.yaml', withField('color', color), `color ${round}`);
        await ada.changes('tracks/cinder.yaml', withField('color', color), `cinder ${round}`);
        await ada.changes('tracks/swift.yaml', contested(`said ${round}`), `ada ${round}`);
        if (round % 10 === 5) await pack(remote);
      }
    })(),
    (async () => {
      for (const round of rounds) {
        const place = `Room ${round}`;
        await bob.changes('tracks/nova.yaml', withField('location', place), `nova in ${place}`);
        await bob.changes('tracks/cinder.yaml', withField('location', place), `in ${place}`);
        await bob.changes('tracks/swift.yaml', contested(`said ${round}`), `bob ${round}`);
      }
    })(),
  ]);
  sync.fetch();
  const tip = (where: string) => git(where, 'rev-parse', 'main');
  await eventually(() => {
    expect(tip(remote)).toBe(tip(gitdir));
    expect(sync.state).toEqual({ commit: tip(gitdir) });
  }, 60);
  await sync.close();

  const history = new Set(git(remote, 'rev-list', 'main').split('\n'));
  const all = [...said, ...ada.pushed, ...bob.pushed];
  expect(all).toHaveLength(8 * changes);
  expect(all.filter((commit) => !history.has(commit))).toEqual([]);
  for (const where of [gitdir, remote])
    expect(git(where, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
  const { schedule, problems: invalid } = await store.current();
  await store.close();
  expect(invalid).toEqual([]);
  const [nova, cinder, swift] = ['nova', 'cinder', 'swift'].map((slug) =>
    schedule.tracks.get(slug),
  );
  const color = `#${String(changes).padStart(6, '0')}`;
  const location = `Room ${changes}`;
  expect(nova).toMatchObject({ color, location, now: { topic: `bot ${changes}` } });
  expect(cinder).toMatchObject({ color, location });
  expect(swift?.now?.topic).toMatch(/^said \d+$/);
  expect(git(gitdir, 'show', 'main:tracks/nova.yaml')).toContain('# Where:');
  // On a busy machine the bot may lose many races in a row.
  expect(problems.join('')).toMatch(/^(?:the remote: others push to it all the time)*$/);
}, 3_600_000);
