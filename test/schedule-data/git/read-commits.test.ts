import { expect, test } from 'vitest';
import { parseLog, type RawCommit } from '../../../schedule-data/git/read-commits.ts';

test('what git log prints is understood wherever it is cut into pieces', async () => {
  const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
  const printed = `c${a} \t1536570000\ta@b\tAda\tL.\nsubject\nsome\n:100644 text\0\n:000000 100644 ${'0'.repeat(40)} ${b} A\0tracks/ñ.yaml\0:100644 000000 ${b} ${'0'.repeat(40)} D\0c\0c${b} ${a}\t-5\t\t\n\n\0c${a} ${b} ${b}\t99999999999999999999\t\t\nx\0`;
  const read = async (size: number) => {
    async function* pieces() {
      for (let start = 0; start < printed.length; start += size)
        yield await Promise.resolve(printed.slice(start, start + size));
    }
    const commits: RawCommit[] = [];
    for await (const commit of parseLog(pieces())) commits.push(commit);
    return commits;
  };
  const blank = { author: { name: '', email: '' }, subject: '', body: '', changes: [] };
  const expected = [
    {
      oid: a,
      parents: [],
      time: '2018-09-10T09:00:00Z',
      author: { name: 'Ada L.', email: 'a@b' },
      subject: 'subject',
      body: 'some\n:100644 text',
      changes: [
        { path: 'tracks/ñ.yaml', oid: b, before: undefined },
        { path: 'c', oid: undefined, before: b },
      ],
    },
    { ...blank, oid: b, parents: [a], time: '1970-01-01T00:00:00Z' },
    { ...blank, oid: a, parents: [b, b], time: '9999-12-31T23:59:59Z', subject: 'x' },
  ];
  for (const size of [1, 2, 3, 7, 50, 1000]) expect(await read(size)).toEqual(expected);
});
