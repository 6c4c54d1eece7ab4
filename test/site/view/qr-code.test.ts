import { createRequire } from 'node:module';
import type * as jsqr from 'jsqr';
import { expect, test } from 'vitest';
import { qrCode } from '../../../site/view/qr-code.ts';

const scan = (createRequire(import.meta.url)('jsqr') as typeof jsqr).default;

/** What a scanner reads when the drawing is printed at four pixels a unit. */
function read({ size, path }: ReturnType<typeof qrCode>): string | undefined {
  const pixels = size * 4;
  const image = new Uint8ClampedArray(pixels * pixels * 4).fill(255);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let row = Number(y) * 4; row < Number(y) * 4 + 4; row++)
      for (let column = Number(x) * 4; column < (Number(x) + Number(width)) * 4; column++)
        image.fill(0, (row * pixels + column) * 4, (row * pixels + column) * 4 + 3);
  return scan(image, pixels, pixels)?.data;
}

test.each([
  'https://ptg.example.org/rooms/aspen/',
  `https://ptg.example.org/rooms/${encodeURIComponent('größe')}/`,
  `https://ptg.example.org/stein/rooms/${'breakfast-room-right-side-croke-park-hotel-2'.repeat(2)}/`,
])('a QR code leads to %s', (address) => {
  expect(read(qrCode(address))).toBe(address);
});

test('a QR code has a quiet margin of four units', () => {
  const { size, path } = qrCode('https://ptg.example.org/');
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((run) => run.slice(1).map(Number));
  const ends = runs.flatMap(([x = 0, y = 0, width = 0]) => [x, y, x + width, y + 1]);
  expect(Math.min(...ends)).toBe(4);
  expect(Math.max(...ends)).toBe(size - 4);
});
