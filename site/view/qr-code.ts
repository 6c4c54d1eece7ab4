import { encode } from 'uqr';

/** A QR code as a drawing: dark squares as the path of an SVG that is `size` units wide and high. */
export interface QrCode {
  /** What it says. */
  readonly address: string;
  readonly size: number;
  readonly path: string;
}

/** The code of an address, with the quiet margin of four units that scanners ask for. */
export function qrCode(address: string): QrCode {
  const { size, data } = encode(address, { ecc: 'M', border: 4 });
  const runs = data.flatMap((row, y) =>
    [...runsOf(row)].map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
  );
  return { address, size, path: runs.join('') };
}

/** Where dark squares in a row begin, and how many follow each other. */
function* runsOf(row: readonly boolean[]): Generator<readonly [start: number, length: number]> {
  for (let start = row.indexOf(true); start >= 0;) {
    const end = row.indexOf(false, start);
    yield [start, end - start];
    start = row.indexOf(true, end);
  }
}
