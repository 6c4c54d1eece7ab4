/** What `ptgbot check` prints: for people, and in the words of forges, which show it at its line. */
import { createHash } from 'node:crypto';
import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import { oneLine } from '../../schedule-data/text/text.ts';

export const formats = ['text', 'github', 'gitlab'] as const;
export type Format = (typeof formats)[number];

export const isFormat = (name: string): name is Format => formats.some((one) => one === name);

/** The lines of a report. */
export function reportOf(format: Format, problems: readonly Problem[]): string[] {
  if (format === 'gitlab') return [JSON.stringify(codeQuality(problems), undefined, 2)];
  if (!problems.length) return ['no problems'];
  return problems.map(format === 'github' ? workflowCommand : problemLine);
}

/** No mistake, but perhaps not meant. */
export function hintOf(undated: readonly string[]): string[] {
  const [first] = undated;
  if (first === undefined) return [];
  return [
    oneLine(
      `event.yaml: days without a date are in no calendar: ${undated.join(', ')}; say ~day set ${first} date 2018-09-10, or write date: "2018-09-10"`,
    ),
  ];
}

/** `file:line: what`. */
export function problemLine(problem: Problem): string {
  return oneLine(`${problem.path}:${problem.line ?? 1}: ${sentence(problem)}`);
}

function sentence({ message, commit, author }: Problem): string {
  const origin = commit ? ` (commit ${commit.slice(0, 12)}${author ? ` by ${author}` : ''})` : '';
  return oneLine(message + origin);
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
function workflowCommand(problem: Problem): string {
  const { path, line = 1 } = problem;
  const place = `file=${escaped(path, /[%:,\p{Cc}]/gu)},line=${line},title=ptgbot check`;
  return `::error ${place}::${escaped(sentence(problem), /[%\p{Cc}]/gu)}`;
}

/** As the runner reads it; of the control characters it reads only line breaks back. */
const escaped = (text: string, characters: RegExp) =>
  text.replace(
    characters,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
function codeQuality(problems: readonly Problem[]): object[] {
  const seen = new Map<string, number>();
  return problems.map((problem) => {
    // Lines move; the same problem stays the same, and twice the same are two.
    const key = `${problem.path}\0${problem.message}`;
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return {
      description: sentence(problem),
      check_name: 'ptgbot-check',
      fingerprint: createHash('sha256').update(`${key}\0${times}`).digest('hex'),
      severity: 'major',
      location: { path: problem.path, lines: { begin: problem.line ?? 1 } },
    };
  });
}
