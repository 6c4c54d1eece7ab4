/**
 * Conversations on disk: what people say, in order, and below each line what comes of it.
 *
 *     success: what comes next is cleared
 *       Mon 09:30 <@gibi> #nova now cells          in the channel; @ op, + voice, gibi=account
 *       Mon 09:31 *gibi* seen ttx                  in private
 *       Mon 09:32 gibi is now known as gibi-away
 *         <ptgbot> gibi: …                         an answer in the channel
 *         *ttx* …                                  an answer or a notice in private
 *         commit nova: now cells                   or `people` for the other repository
 *           tracks/nova.yaml
 *           - next:
 */
import type { Role } from '../../bot/chat.ts';
import type { FileChange } from '../../schedule-data/store/changes.ts';
import { newFile } from '../../schedule-data/format/data-files.ts';

export interface Speaker {
  readonly nick: string;
  readonly account?: string;
  readonly role: Role;
}

export type Turn = { readonly time: Date } & (
  | { readonly speaker: Speaker; readonly text: string; readonly isPrivate: boolean }
  | { readonly from: string; readonly to: string }
);

/** What comes of a turn. */
export interface Outcome {
  /** `<ptgbot> …` or `*nick* …` */
  readonly said: readonly string[];
  readonly commits: readonly Commit[];
}

export interface Commit {
  readonly repository: 'commit' | 'people';
  readonly subject: string;
  /** By path, lines that are gone (`- …`), then lines that are new (`+ …`). */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

export interface Conversation {
  readonly title: string;
  readonly turns: readonly Turn[];
}

const titleForm = /^(success|wrong use|not allowed|unknown name|no change): /;
const turnForm =
  /^ {2}(Mon|Tue) (\d\d:\d\d) (?:([<*])([@+]?)([^\s=>*]+)(?:=(\S+?))?[>*] (.*)|(\S+) is now known as (\S+))$/;

function turnOf(line: string): Turn | undefined {
  const [, day, clock, bracket, sign, nick, account, text, from, to] = turnForm.exec(line) ?? [];
  if (day === undefined) return undefined;
  const time = new Date(`2018-09-${day === 'Mon' ? 10 : 11}T${clock}:00Z`);
  if (from !== undefined && to !== undefined) return { time, from, to };
  const role = sign === '@' ? 'op' : sign === '+' ? 'voice' : 'none';
  return {
    time,
    speaker: { nick: nick!, role, ...(account !== undefined && { account }) },
    text: text!,
    isPrivate: bracket === '*',
  };
}

/** The conversations of a file. @throws {Error} for a line that is none of the forms */
export function conversationsIn(text: string): Conversation[] {
  const conversations: { title: string; turns: Turn[] }[] = [];
  for (const line of text.split('\n')) {
    if (titleForm.test(line)) conversations.push({ title: line, turns: [] });
    const turn = turnOf(line);
    if (turn) conversations.at(-1)!.turns.push(turn);
    else if (/^ {2}\S/.test(line)) throw new Error(`not understood: ${line}`);
  }
  return conversations;
}

/** The text of a file with the outcomes of each conversation's turns in place of those it has. */
export function withOutcomes(text: string, outcomes: readonly (readonly Outcome[])[]): string {
  const queue = outcomes.flat();
  return text
    .split('\n')
    .filter((line) => !/^ {4}/.test(line))
    .flatMap((line) => (turnOf(line) ? [line, ...shown(queue.shift())] : [line]))
    .join('\n');
}

function shown(outcome: Outcome | undefined): string[] {
  if (!outcome) return [];
  return [
    ...outcome.commits.flatMap(({ repository, subject, files }) => [
      `    ${repository} ${subject}`,
      ...[...files].flatMap(([path, lines]) => [path, ...lines].map((line) => `      ${line}`)),
    ]),
    ...outcome.said.map((line) => `    ${line}`),
  ];
}

/** Lines of each file that are gone, then those that are new. */
export function linesOf(changes: readonly FileChange[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    changes.map(({ path, kind, before, after }) => {
      const [old, young] = [before, after].map((value) =>
        value ? newFile(kind, value).text.split('\n').filter(Boolean) : [],
      );
      return [path, [...without(old!, young!, '- '), ...without(young!, old!, '+ ')]];
    }),
  );
}

/** The lines that others lack, each as often as it is there more often. */
function without(lines: readonly string[], others: readonly string[], sign: string): string[] {
  const left = [...others];
  return lines
    .filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    })
    .map((line) => sign + line);
}
