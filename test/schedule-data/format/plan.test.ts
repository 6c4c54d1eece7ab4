/** A plan of the venue comes from somebody's drawing program, or from somebody with bad intentions. */
import { describe, expect, test } from 'vitest';
import { mostPlanBytes, readPlan } from '../../../schedule-data/format/plan.ts';
import { allShapes, type Shape } from '../../../schedule-data/format/svg.ts';

const namespaces =
  'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:x="urn:x"';
const svg = (inside: string, attributes = 'viewBox="0 0 10 10"') =>
  `<svg ${namespaces} ${attributes}>${inside}</svg>`;
const read = (text: string) => readPlan(Buffer.from(text));

function drawing(text: string): Shape {
  const result = read(text);
  if (!result.ok) throw new Error(result.message);
  if (result.value.kind !== 'drawing') throw new Error('a picture');
  return result.value.drawing;
}

describe('a drawing is refused, with what was expected,', () => {
  test.each<[what: string, text: string, sentence: RegExp]>([
    ['a script', svg('<script>alert(1)</script>'), /^expected no <script>$/],
    ['a script of another namespace', svg('<h:script>alert(1)</h:script>'), /no <script>/],
    ['a script in capitals', svg('<SCRIPT>alert(1)</SCRIPT>'), /no <SCRIPT>/],
    ['a script in what is left out', svg('<metadata><script/></metadata>'), /no <script>/],
    ['a handler', svg('<rect onclick="alert(1)"/>'), /no onclick of <rect>/],
    [
      'a handler of all of it',
      svg('', 'viewBox="0 0 1 1" onload="alert(1)"'),
      /no onload of <svg>/,
    ],
    ['a handler with a prefix', svg('<rect x:onclick="alert(1)"/>'), /no onclick/],
    ['HTML in it', svg('<foreignObject><h:p>a</h:p></foreignObject>'), /no <foreignObject>.*texts/],
    ['a frame', svg('<h:iframe src="https://evil.example/"/>'), /no <iframe>/],
    ['styles', svg('<style>@import "//evil.example/";</style>'), /no <style>.*as attributes/],
    ['a picture', svg('<image href="https://evil.example/a.png"/>'), /no <image>.*PNG/],
    ['a link', svg('<a href="https://evil.example/"><rect/></a>'), /no address in <a>.*#door/],
    ['a link that runs', svg('<a xlink:href="javascript:alert(1)"><rect/></a>'), /no address/],
    ['a link of capitals', svg('<a href=" JavaScript:alert(1)"><rect/></a>'), /no address/],
    ['a shape from elsewhere', svg('<use href="https://evil.example/#a"/>'), /no address in <use>/],
    ['a shape as data', svg('<use href="data:image/svg+xml,a#b"/>'), /no address in <use>/],
    ['a colour from elsewhere', svg('<rect fill="url(https://evil.example/#a)"/>'), /in fill of/],
    ['a colour in quotes', svg('<rect fill="url( \'//evil.example/#a\')"/>'), /in fill of/],
    ['one that hides', svg('<rect fill="u\\72l(//evil.example/)"/>'), /in fill of/],
    ['one behind a good one', svg('<rect fill="url(#a) url(//evil.example/)"/>'), /in fill of/],
    ['one in a style', svg('<rect style="fill:URL(//evil.example/)"/>'), /in fill of <rect>/],
    ['one in a style of no use', svg('<rect style="cursor:url(//evil.example/)"/>'), /in style of/],
    ['a movement', svg('<rect><animate attributeName="x" to="9"/></rect>'), /no <animate>/],
    ['a change', svg('<a><set attributeName="href" to="javascript:alert(1)"/></a>'), /no <set>/],
    [
      'entities',
      `<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>${svg('<text>&a;</text>')}`,
      /no <!DOCTYPE> with entities/,
    ],
    ['an entity of nowhere', svg('<text>&a;</text>'), /^expected valid SVG/],
    ['a tag left open', svg('<g>'), /^expected valid SVG/],
    ['an attribute twice', svg('<rect x="1" x="2"/>'), /^expected valid SVG/],
    ['HTML', '<!DOCTYPE html><p>a</p>', /^expected a drawing that begins with <svg/],
    ['nothing', '', /^expected valid SVG/],
    ['no namespace', '<svg viewBox="0 0 1 1"/>', /begins with <svg xmlns=/],
    ['no size', svg('', ''), /has a viewBox/],
    ['no numbers', svg('', 'viewBox="0 0 a b"'), /has a viewBox/],
    ['no width', svg('', 'viewBox="0 0 0 9"'), /has a viewBox/],
    ['shapes without end', svg('<g/>'.repeat(20_001)), /at most 20000 shapes/],
    ['depth without end', svg(`${'<g>'.repeat(100)}${'</g>'.repeat(100)}`), /at most 60 deep/],
    ['depth in what is left out', svg(`${'<x:g>'.repeat(100)}${'</x:g>'.repeat(100)}`), /60 deep/],
    [
      'shapes that grow',
      svg('<g id="a"><rect/></g><g id="b"><use href="#a"/><use href="#a"/></g><use href="#b"/>'),
      /<use> only of what has no other/,
    ],
    ['a shape of itself', svg('<g id="a"><use href="#a"/></g>'), /<use> only of what/],
    [
      'shapes often repeated',
      svg(`<g id="a">${'<rect/>'.repeat(1000)}</g>${'<use href="#a"/>'.repeat(30)}`),
      /at most 20000 shapes/,
    ],
  ])('for %s', (_, text, sentence) => {
    expect(read(text)).toMatchObject({
      ok: false,
      message: expect.stringMatching(sentence) as string,
    });
  });

  test('with the line', () => {
    expect(read(svg('\n<g>\n<rect onclick="a"/></g>'))).toMatchObject({ line: 3 });
  });
});

describe('of a drawing stays', () => {
  test('what draws, as it was written', () => {
    const text = svg(
      '<defs><linearGradient id="g"><stop offset="1" stop-color="#fff"/></linearGradient></defs>' +
        '<g id="aspen" transform="scale(2)"><path d="M0 0h9" fill="url(#g)"/><text>A &amp; <![CDATA[<b>]]></text></g>',
    );
    expect(drawing(text)).toEqual({
      name: 'svg',
      attributes: { viewBox: '0 0 10 10' },
      children: [
        {
          name: 'defs',
          attributes: {},
          children: [
            {
              name: 'linearGradient',
              attributes: { id: 'g' },
              children: [
                { name: 'stop', attributes: { offset: '1', 'stop-color': '#fff' }, children: [] },
              ],
            },
          ],
        },
        {
          name: 'g',
          attributes: { id: 'aspen', transform: 'scale(2)' },
          children: [
            { name: 'path', attributes: { d: 'M0 0h9', fill: 'url(#g)' }, children: [] },
            { name: 'text', attributes: {}, children: ['A & ', '<b>'] },
          ],
        },
      ],
    });
  });

  test('a style, as attributes: it wins over these, and pages allow no styles', () => {
    const [, rect] = allShapes(
      drawing(
        svg('<rect fill="red" style="fill:#fff; -x-y:z;stroke-width : 2 !important;" class="a"/>'),
      ),
    );
    expect(rect!.attributes).toEqual({ fill: '#fff', 'stroke-width': '2' });
  });

  test('nothing that does not draw, and what is within a link', () => {
    const text = `<?xml version="1.0"?><?xml-stylesheet href="//evil.example/a.css"?>
      <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
      ${svg('words<metadata>a</metadata><x:layer><rect/></x:layer><filter/><a href="#b"><rect data-a="b" x:y="z" tabindex="1"/></a>')}`;
    expect([...allShapes(drawing(text))].map(({ name }) => name)).toEqual(['svg', 'g', 'rect']);
    expect(JSON.stringify(drawing(text))).not.toMatch(/evil|words|tabindex|data-a/);
  });

  test.each([
    ['width="300" height="200px"', '0 0 300 200'],
    ['width="300mm" height="200mm" viewBox="0,0 , 30 20"', '0 0 30 20'],
  ])('its shape: %s', (attributes, viewBox) => {
    expect(drawing(svg('', attributes)).attributes).toEqual({ viewBox });
  });
});

test.each([
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpg', [0xff, 0xd8, 0xff, 0xe0]],
  ['webp', [...Buffer.from('RIFF'), 1, 2, 3, 4, ...Buffer.from('WEBP')]],
])('a picture is known by its first bytes: %s', (type, bytes) => {
  expect(readPlan(Uint8Array.from(bytes))).toMatchObject({
    ok: true,
    value: { kind: 'picture', type },
  });
});

test.each([
  ['of another kind', Uint8Array.from([0x47, 0x49, 0x46, 0x38, 0xff]), /SVG.*PNG, JPEG, WebP/],
  ['too large', new Uint8Array(mostPlanBytes + 1), /^expected a plan of at most 1024 kB$/],
])('a file is refused that is %s', (_, bytes, sentence) => {
  expect(readPlan(bytes)).toMatchObject({
    ok: false,
    message: expect.stringMatching(sentence) as string,
  });
});
