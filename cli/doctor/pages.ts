/** The pages: what the folder shows, who answers for them; and the clock, which they are compared by. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { explainNetworkError } from '../../bot/irc/connection/network-errors.ts';
import { git } from '../../schedule-data/git/git.ts';
import { isBlank } from '../../schedule-data/git/repository.ts';
import { oneLine } from '../../schedule-data/text/text.ts';
import type { Revision } from '../../site/view/revision.ts';
import type { Config } from '../config.ts';
import { none, ok, warning, wrong, type Finding } from './finding.ts';

/** How long a server may take to answer, in milliseconds. */
const patience = 5000;

export async function lookAtOutput({ data, site }: Config): Promise<readonly Finding[]> {
  const look = async () => {
    const newest = (await isBlank(data.repository)) ? undefined : await newestCommit(data);
    return outputFinding(site.output, await shownIn(site.output), newest?.commit);
  };
  // A moment ago somebody may have said something.
  for (let tries = 0; ; tries++) {
    const finding = await look();
    if (finding.kind !== 'wrong' || tries === 3) return [finding];
    await sleep(1000);
  }
}

/** @param newest the newest commit; undefined where there is none */
export function outputFinding(
  folder: string,
  shown: string | undefined,
  newest: string | undefined,
): Finding {
  const what = `pages in ${folder}`;
  if (newest === undefined) return none(what, 'there is nothing to show yet');
  const remedy = 'the log of the service says why: journalctl -u ptgbot';
  if (shown === undefined) return wrong(what, 'nothing was published there', remedy);
  if (shown === newest) return ok(what);
  const [old, current] = [shown, newest].map((commit) => commit.slice(0, 12));
  return wrong(what, `they show ${old}, the newest commit is ${current}`, remedy);
}

export async function lookAtBuiltInServer({ site }: Config): Promise<readonly Finding[]> {
  const { listen } = site;
  if (listen === false || listen.endsWith(':0'))
    return [none('built-in server', `site.listen is ${listen}`)];
  const address = `http://${listen}/`;
  const what = `built-in server ${address}`;
  const start = 'is the service running? systemctl start ptgbot';
  const alive = await answerOf(`${address}healthz`);
  if ('why' in alive) return [wrong(what, alive.why, start)];
  if (alive.status !== 200 || alive.text !== 'ok')
    return [wrong(what, `GET /healthz: ${alive.status} ${alive.text}`, 'another program is there')];
  const ready = await answerOf(`${address}readyz`);
  return [ok(what), readyFinding('why' in ready ? { status: 0, text: ready.why } : ready)];
}

/** What the service says of itself. */
export function readyFinding({ status, text }: { status: number; text: string }): Finding {
  const what = 'the service is ready';
  if (status === 200) return ok(what);
  return wrong(what, text, 'its log says more: journalctl -u ptgbot');
}

/** More than this the clock must not be off, in seconds. */
const mostSeconds = 60;

/** The page as people find it, and the clock of whoever serves it. */
export async function lookAtAddress({ data, site }: Config): Promise<readonly Finding[]> {
  const newest = (await isBlank(data.repository)) ? undefined : await newestCommit(data);
  if (site.url === undefined)
    return [
      none('page', 'site.url is not configured'),
      clockFinding(new Date(), newest?.time, undefined),
    ];
  const answer = await answerOf(new URL('revision.json', site.url.replace(/\/*$/, '/')).href);
  const date = 'why' in answer || !answer.date ? undefined : new Date(answer.date);
  return [
    addressFinding(site.url, answer, await shownIn(site.output)),
    clockFinding(new Date(), newest?.time, date),
  ];
}

type Answer = { readonly why: string } | { status: number; text: string; date?: string | null };

/** @param answer to the question which commit it shows */
export function addressFinding(url: string, answer: Answer, shown: string | undefined): Finding {
  const what = `page ${url}`;
  const remedy = 'look at the web server in front: does it show site.output?';
  if ('why' in answer) return wrong(what, answer.why, remedy);
  const { status, text } = answer;
  if (status !== 200) return wrong(what, `revision.json: answered with ${status}`, remedy);
  const there = commitIn(text);
  if (there === undefined) return wrong(what, 'revision.json is not ours', remedy);
  if (there === shown || shown === undefined) return ok(what);
  return warning(what, `it shows ${there.slice(0, 12)}, not ${shown.slice(0, 12)}`, remedy);
}

/** @param others what a server elsewhere says that it is */
export function clockFinding(
  now: Date,
  newest: Date | undefined,
  others: Date | undefined,
): Finding {
  const what = `clock ${now.toISOString()}`;
  const remedy = 'set it: timedatectl set-ntp true';
  const secondsTo = (time: Date) => Math.round((time.getTime() - now.getTime()) / 1000);
  if (newest && secondsTo(newest) > mostSeconds)
    return wrong(what, `the newest commit is ${secondsTo(newest)} s later`, remedy);
  if (others && Math.abs(secondsTo(others)) > mostSeconds)
    return wrong(what, `the web server says ${others.toISOString()}`, remedy);
  return ok(what);
}

async function newestCommit({ repository, branch }: Config['data']) {
  const told = await git(
    ...['--git-dir', repository, 'log', '-1', '--format=%H %ct', `refs/heads/${branch}`, '--'],
  );
  const [commit = '', seconds] = told.split(' ');
  return { commit, time: new Date(Number(seconds) * 1000) };
}

async function shownIn(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'revision.json'), 'utf8').catch(() => '');
  return commitIn(text);
}

function commitIn(text: string): string | undefined {
  try {
    const { commit } = JSON.parse(text) as Revision;
    return /^[0-9a-f]{40}$/.test(commit) ? commit : undefined;
  } catch {
    return undefined;
  }
}

/** Much longer than what is asked for. In characters. */
const mostCharacters = 100_000;

async function answerOf(url: string): Promise<Answer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
    const text = oneLine((await response.text()).slice(0, mostCharacters));
    return { status: response.status, text, date: response.headers.get('date') };
  } catch (error) {
    const { name, cause } = error as Error;
    if (name === 'TimeoutError') return { why: `it did not answer within ${patience / 1000} s` };
    return { why: explainNetworkError(cause instanceof Error ? cause : (error as Error)) };
  }
}
