import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainText, outgoingLines, splitLine } from '../../bot/text.ts';

describe('incoming text', () => {
  test.each([
    [
      '\x02#nova\x0f now \x1ditalic\x1d \x1funder\x1f \x16reverse\x16',
      '#nova now italic under reverse',
    ],
    ['\x0304,12red on blue\x03 plain', 'red on blue plain'],
    ['\x034 one digit', 'one digit'],
    ['\x0312345', '345'],
    ['\x03,5 no foreground', ',5 no foreground'],
    ['\x04ff8800,00FF00hex\x04 plain', 'hex plain'],
    ['\x11mono\x11 \x1estruck\x1e', 'mono struck'],
    ['tab\there', 'tab here'],
    ['nul\0and\x7fdelete\x9f', 'nulanddelete'],
    ['first\r\nsecond', 'first second'],
    ['line\u2028separator', 'line separator'],
    ['  around  ', 'around'],
    ['\x02\x03\x0f', ''],
    ['日本語 👩‍👩‍👧 é', '日本語 👩‍👩‍👧 é'],
  ])('%j becomes %j', (raw, text) => {
    expect(plainText(raw)).toBe(text);
  });

  test('never has control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
        expect(plainText(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});

describe('outgoing text', () => {
  test('is sent line by line, without empty ones', () => {
    expect(outgoingLines('one\r\ntwo\n\n \nthree\r')).toEqual(['one', 'two', 'three']);
  });

  test('never has control characters or halves of characters', () => {
    expect(outgoingLines('\x01ACTION waves\x01 \0\ud800')).toEqual(['ACTION waves �']);
  });
});

describe('splitting', () => {
  test.each<[string, number, string[]]>([
    ['fits as it is', 20, ['fits as it is']],
    ['one two three', 7, ['one two', 'three']],
    ['one  two', 100, ['one  two']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['a bcdefgh i', 4, ['a', 'bcde', 'fgh', 'i']],
    ['ééé', 5, ['éé', 'é']],
    ['👍👍👍', 9, ['👍👍', '👍']],
    ['ab👩‍👩‍👧cd', 19, ['ab', '👩‍👩‍👧c', 'd']],
    ['e\u0301e\u0301', 5, ['e\u0301', 'e\u0301']],
    ['', 10, []],
    ['   ', 10, []],
  ])('%j within %i bytes becomes %j', (text, limit, pieces) => {
    expect(splitLine(text, limit)).toEqual(pieces);
  });

  test('a character too long for a line is cut between code points only', () => {
    const pile = 'a' + '\u0301'.repeat(20);
    const pieces = splitLine(pile, 7);
    expect(pieces.join('')).toBe(pile);
    for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(7);
  });

  test('loses nothing but space and never exceeds the limit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 4, max: 40 }),
        (text, limit) => {
          const pieces = splitLine(text, limit);
          for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(limit);
          expect(pieces.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
        },
      ),
    );
  });
});
