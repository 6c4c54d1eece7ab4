/** Draws site/public/icon-*.png from favicon.svg, for systems that install sites and want no SVG. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../test/support/browser.ts';

const folder = new URL('../site/public/', import.meta.url);
const drawing = readFileSync(new URL('favicon.svg', folder), 'utf8');
/** The system cuts a circle of four fifths, or another shape, out of it: all strokes are within that. */
const uncut = drawing.replace(' rx="3"', '');

const browser = await launchBrowser();
const page = await browser.newPage();
for (const [name, size, svg] of [
  ['icon-192', 192, drawing],
  ['icon-512', 512, drawing],
  ['icon-maskable-512', 512, uncut],
] as const) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  const path = fileURLToPath(new URL(`${name}.png`, folder));
  await page.screenshot({ path, omitBackground: true });
}
await browser.close();
