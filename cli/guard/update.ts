/**
 * guard/ answers pushes, as git's `update` hook in the bot's own repository. People wait for it, so it
 * is bundled into one file there, imports nothing that it can do without, and starts no process.
 *
 * This file is what the hook runs: `OLD NEW [PAGE]`, with the objects of both commits on standard input.
 */
import { readFileSync } from 'node:fs';
import { filesOfCommit, objectsIn } from '../../schedule-data/git/object-stream.ts';
import { scheduleLayout } from '../../schedule-data/store/layout.ts';
import { pushVerdict } from '../../schedule-data/store/push-verdict.ts';
import { answerTo } from './answer.ts';
import { refused } from './hook-script.ts';

const [, , old = '', current = '', page] = process.argv;
const objects = objectsIn(readFileSync(0));
const list = (commit: string) =>
  /^0+$/.test(commit) ? new Map() : filesOfCommit(objects, commit, scheduleLayout.folders);
const verdict = pushVerdict(list(old), list(current), (oid) => objects.get(oid)?.bytes);
for (const line of answerTo(verdict, page)) console.log(line);
process.exitCode = verdict.broken.length ? refused : 0;
