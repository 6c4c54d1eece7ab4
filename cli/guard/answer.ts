import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import type { Verdict } from '../../schedule-data/store/push-verdict.ts';
import { oneLine, plural } from '../../schedule-data/text/text.ts';

/** How many lines of one kind somebody who pushes gets to read. */
const most = 10;

/** What is said in the terminal of whoever pushed; nothing about what changes nothing. */
export function answerTo(
  { broken, known, changes }: Verdict,
  page: string | undefined,
): readonly string[] {
  const lines = broken.length
    ? [
        ...some(broken.map(problemLine)),
        `Refused for ${plural(broken.length, 'problem')}: fix the files, git commit --amend, and push again.`,
      ]
    : [
        ...some(
          known.map((problem) => `Not from this push, but still wrong: ${problemLine(problem)}`),
        ),
        ...some(changes),
        ...(changes.length && page ? [`The page shows it: ${page}`] : []),
      ];
  return lines.map(oneLine);
}

const problemLine = ({ path, line, message }: Problem) => `${path}:${line ?? 1}: ${message}`;

function some(lines: readonly string[]): string[] {
  const more = lines.length - most;
  return [...lines.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])];
}
