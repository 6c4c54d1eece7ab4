import { execFileSync } from 'node:child_process';

/** Gives a repository a history: a topic a minute, one track after the other. */
export function discuss(repository: string, tracks: readonly string[], commits: number): void {
  const tip = execFileSync('git', ['--git-dir', repository, 'rev-parse', 'main'], {
    encoding: 'utf8',
  }).trim();
  const begin = Date.parse('2018-09-10T15:00:00Z');
  const stream = Array.from({ length: commits }, (_, index) => {
    const since = new Date(begin + index * 60_000).toISOString();
    const text = `color: "#27a3dd"\nnow:\n  topic: "topic ${index} with #${tracks[0]}"\n  since: "${since}"\n  by: "ada"\n`;
    return `commit refs/heads/main\ncommitter bench <bench@example.org> ${Date.parse(since) / 1000} +0000\ndata 5\nbench\n${
      index ? '' : `from ${tip}\n`
    }M 100644 inline tracks/${tracks[index % tracks.length]}.yaml\ndata ${text.length}\n${text}\n`;
  });
  execFileSync('git', ['--git-dir', repository, 'fast-import', '--quiet'], {
    input: stream.join(''),
  });
}
