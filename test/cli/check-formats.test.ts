import { describe, expect, test } from 'vitest';
import { hintOf, reportOf } from '../../cli/commands/check-formats.ts';

const plain = { path: 'tracks/nova.yaml', line: 3, message: 'unknown key colour, expected color?' };
const hostile = {
  path: 'tracks/a,line=1::b\n::error ::c\u001b[2J%.yaml',
  message: 'expected 100% of\r\n::add-mask::it\u001b]0;x\u0007',
  commit: '0123456789abcdef',
  author: 'Ada\n::stop-commands::x',
};

describe('in words of GitHub', () => {
  test('a problem is an annotation at its line', () => {
    expect(reportOf('github', [plain])).toEqual([
      '::error file=tracks/nova.yaml,line=3,title=ptgbot check::unknown key colour, expected color?',
    ]);
  });

  test('whatever is in it, it is one command with the properties that it should have', () => {
    expect(reportOf('github', [hostile])).toEqual([
      '::error file=tracks/a%2Cline=1%3A%3Ab%0A%3A%3Aerror %3A%3Ac%1B[2J%25.yaml,line=1,title=ptgbot check::expected 100%25 of ::add-mask::it ]0;x  (commit 0123456789ab by Ada ::stop-commands::x)',
    ]);
  });
});

describe('in words of GitLab', () => {
  const report = (...problems: (typeof plain)[]) =>
    JSON.parse(reportOf('gitlab', problems).join('\n')) as { fingerprint: string }[];

  test('all of it is a Code Quality report', () => {
    expect(report(plain)).toEqual([
      {
        description: plain.message,
        check_name: 'ptgbot-check',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        severity: 'major',
        location: { path: 'tracks/nova.yaml', lines: { begin: 3 } },
      },
    ]);
    expect(report()).toEqual([]);
  });

  test('a problem keeps its fingerprint when its line moves, and shares it with none', () => {
    const all = [plain, { ...plain, line: 9 }, { ...plain, path: 'tracks/cinder.yaml' }];
    const prints = report(...all).map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(3);
    expect(report({ ...plain, line: 7 })[0]!.fingerprint).toBe(prints[0]);
  });
});

test('for people a problem is one line without control characters', () => {
  expect(reportOf('text', [plain, hostile])).toEqual([
    'tracks/nova.yaml:3: unknown key colour, expected color?',
    'tracks/a,line=1::b ::error ::c [2J%.yaml:1: expected 100% of ::add-mask::it ]0;x  (commit 0123456789ab by Ada ::stop-commands::x)',
  ]);
  expect(reportOf('text', [])).toEqual(['no problems']);
});

test.each([
  [[], []],
  [
    ['Monday', 'Tuesday'],
    [
      'event.yaml: days without a date are in no calendar: Monday, Tuesday; say ~day set Monday date 2018-09-10, or write date: "2018-09-10"',
    ],
  ],
])('the hint for the undated days %j is %j', (undated, hint) => {
  expect(hintOf(undated)).toEqual(hint);
});
