import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { CommitMessage } from '../../schedule-data/git/commit.ts';
import { withTrack } from '../../schedule-data/schedule/schedule.ts';
import type { ScheduleContent } from '../../schedule-data/store/layout.ts';
import { createRepository, repositoryAt } from '../../schedule-data/git/repository.ts';

const folders: string[] = [];
// This file is loaded anew for each file of tests.
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed when the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ptgbot-'));
  folders.push(folder);
  return folder;
}

/** A fixed author and time, so that commit ids are always the same. */
export function message(subject: string): CommitMessage {
  return {
    subject,
    author: { name: 'gibi', email: 'gibi@nicks.oftc.invalid' },
    time: new Date('2018-09-10T15:04:05Z'),
    trailers: [['Irc-Channel', '#ptg']],
  };
}

/** What the bot does when somebody says what a track discusses, for `store.update`. */
export const topicSaid = (slug: string, topic: string) => (snapshot: ScheduleContent) => ({
  result: undefined,
  change: {
    schedule: withTrack(snapshot.schedule, slug, {
      ...(snapshot.schedule.tracks.get(slug) ?? { formerly: [], next: [] }),
      now: { topic },
    }),
    message: message(`${slug}: now ${topic}`),
  },
});

/** The files of a small event, as people would have written them. */
export const smallFiles: ReadonlyMap<string, string> = new Map([
  [
    'event.yaml',
    `id: DEN-ptg
name: Denver Gathering
timezone: America/Denver
days:
  - name: Monday
    date: "2018-09-10"
    slots:
      - { name: MonA1, start: "09:00", end: "10:45" }
      - { name: MonP1, start: "13:30", end: "15:15" }
`,
  ],
  ['rooms/aspen.yaml', 'name: Aspen # the small one\nslots:\n  MonA1: nova\n  MonP1:\n'],
  ['tracks/nova.yaml', '# Nova meets all week.\ncolor: "#27a3dd"\n'],
  ['tracks/cinder.yaml', 'color: "#7a3b00"\n'],
]);

export async function smallRepository(files = smallFiles): Promise<string> {
  const gitdir = join(temporaryFolder(), 'data.git');
  await createRepository(repositoryAt(gitdir), files, message('Begin'));
  return gitdir;
}

/** Runs git as somebody who works with the repository; gives what it printed. */
export function git(cwd: string, ...args: string[]): string {
  return gitAt(undefined, cwd, ...args);
}

/** As `git`, at a date such as `2018-09-10T15:04:05Z`. */
export function gitAt(date: string | undefined, cwd: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.org',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.org',
      ...(date !== undefined && { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }),
    },
  }).trim();
}

/** Somebody's clone of a repository. */
export class Clone {
  readonly folder: string;

  constructor(gitdir: string) {
    this.folder = join(temporaryFolder(), 'clone');
    git('/', 'clone', '--quiet', gitdir, this.folder);
  }

  /** Writes a file, or removes it, commits it and pushes; gives the commit. */
  push(
    path: string,
    text: string | Uint8Array | undefined,
    subject = `edit ${path}`,
    date?: string,
  ): string {
    const commit = this.commit(path, text, subject, date);
    git(this.folder, 'push', '--quiet');
    return commit;
  }

  /** Writes a file, or removes it, and commits it; gives the commit. */
  commit(
    path: string,
    text: string | Uint8Array | undefined,
    subject = `edit ${path}`,
    date?: string,
  ): string {
    const file = join(this.folder, path);
    if (text === undefined) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    git(this.folder, 'add', '--all');
    gitAt(date, this.folder, 'commit', '--quiet', '-m', subject);
    return git(this.folder, 'rev-parse', 'HEAD');
  }

  pull(): void {
    git(this.folder, 'pull', '--quiet', '--rebase');
  }
}
