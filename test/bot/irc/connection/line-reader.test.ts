import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineReader } from '../../../../bot/irc/connection/line-reader.ts';

const read = (limit: number, ...pieces: (string | Buffer)[]) => {
  const reader = new LineReader(limit);
  return pieces.flatMap((piece) => reader.push(Buffer.from(piece)));
};

test.each<[string, string[], string[]]>([
  ['whole lines', ['a\r\nb\r\n'], ['a', 'b']],
  ['a line in pieces', ['he', 'll', 'o\r', '\n'], ['hello']],
  ['a line without its end', ['a\r\nb'], ['a']],
  ['bare newlines', ['a\nb\n'], ['a', 'b']],
  ['empty lines', ['\r\n\n\r\n\r\na\r\n'], ['a']],
  ['NULs and stray returns', ['a\0b\rc\r\n'], ['abc']],
])('reads %s', (_, pieces, lines) => {
  expect(read(100, ...pieces)).toEqual(lines);
});

test('a character cut in two between pieces is read whole', () => {
  const bytes = Buffer.from('é\n');
  expect(read(100, bytes.subarray(0, 1), bytes.subarray(1))).toEqual(['é']);
});

test('a line above the limit is dropped whole, the lines around it are not', () => {
  expect(read(5, 'one\ntoo long\ntwo\n')).toEqual(['one', 'two']);
  expect(read(5, 'one\ntoo', ' lo', 'ng', '\ntwo\n')).toEqual(['one', 'two']);
});

test('a line of just the limit is read', () => {
  expect(read(5, '12345\n')).toEqual(['12345']);
});

test('however a stream arrives in pieces, the lines are the same', () => {
  const chunks = fc.array(
    fc.oneof(fc.constantFrom('\n', '\r\n', '\0'), fc.string({ maxLength: 9 })),
  );
  fc.assert(
    fc.property(chunks, fc.array(fc.nat(60)), (parts, cuts) => {
      const stream = Buffer.from(parts.join(''));
      const ends = [
        ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b),
        stream.length,
      ];
      const pieces = ends.map((end, index) => stream.subarray(ends[index - 1] ?? 0, end));
      expect(read(8, ...pieces)).toEqual(read(8, stream));
    }),
  );
});
