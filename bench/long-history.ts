import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import { talkAt, timeOfTalk } from './talk.ts';

/** How many characters git is given at once. */
const chunkSize = 1_000_000;
/** Every so many commits the one before is taken back. */
const undoEvery = 20;

/**
 * Gives a repository with a schedule the history of an event, or of many: topics, what comes next,
 * bookings, and what was taken back, as quickly as `git fast-import` can.
 */
export async function addHistory(
  repository: string,
  schedule: Schedule,
  commits: number,
): Promise<void> {
  const git = spawn('git', ['--git-dir', repository, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(git, 'close') as Promise<[number]>;
  const answers = createInterface({ input: git.stdout })[Symbol.asyncIterator]();
  let text = '';
  const give = async () => {
    if (!git.stdin.write(text)) await once(git.stdin, 'drain');
    text = '';
  };
  let [before, last] = [schedule, talkAt(schedule, 0)];
  for (let index = 0; index < commits; index++) {
    if (index % undoEvery === undoEvery - 1) {
      text += `get-mark :${index}\n`;
      await give();
      const { value } = (await answers.next()) as { value: string };
      const message = `Revert "${last.subject}"\n\nThis reverts commit ${value}.`;
      text += commit(index, message, last.path, last.file(before));
      last = { ...last, schedule: before };
    } else {
      before = last.schedule;
      last = talkAt(before, index);
      text += commit(index, last.subject, last.path, last.file(last.schedule));
    }
    if (text.length > chunkSize) await give();
  }
  git.stdin.end(text);
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

function commit(index: number, message: string, path: string, file: string): string {
  const when = `${timeOfTalk(index).getTime() / 1000} +0000`;
  return `commit refs/heads/main
mark :${index + 1}
author ada <ada@nicks.bench.invalid> ${when}
committer ptgbot <ptgbot@ptgbot.invalid> ${when}
${data(message)}${index ? '' : 'from refs/heads/main^0\n'}M 100644 inline ${path}
${data(file)}`;
}

const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
