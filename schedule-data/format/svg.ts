/**
 * Drawings that somebody made, and that shall stand within our pages: only elements and attributes of
 * which we know that they draw, and nothing else. What could run, load or lead anywhere refuses the
 * file, so that whoever made it hears of it; what merely does not draw is left out.
 */
import { SaxesParser, type SaxesAttributeNS } from 'saxes';
import { isNumber, presentation, shapeNames, structure } from './svg-names.ts';

/** An element of a drawing; ids and references to them are as they were written. */
export interface Shape {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Shape | string)[];
}

/** Thrown for what is no such drawing; `line` counts from 1. */
export class SvgError extends Error {
  override readonly name = 'SvgError';
  readonly line: number | undefined;
  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

/** How much a browser has to draw at most, and how deep shapes may lie in each other. */
const mostShapes = 20_000;
const deepest = 60;

const svgNamespace = 'http://www.w3.org/2000/svg';
const begin = `expected a drawing that begins with <svg xmlns="${svgNamespace}"> and has a viewBox`;

/** Elements for which a file is refused, and what helps. */
const refusedElements: Readonly<Record<string, string>> = {
  script: '',
  style: '; have your program write styles as attributes',
  foreignobject: '; have your program write texts as SVG',
  image: '; draw it, or make all of the plan a PNG',
  iframe: '',
  audio: '',
  video: '',
  set: '',
  animate: '',
  animatecolor: '',
  animatemotion: '',
  animatetransform: '',
  handler: '',
  listener: '',
};

interface OpenShape {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: (OpenShape | string)[];
}

/** Reads the text of a drawing. @throws {SvgError} */
export function readSvg(text: string): Shape {
  const parser = new SaxesParser({ xmlns: true });
  const top: OpenShape = { name: '', attributes: {}, children: [] };
  const open = [top];
  /** How deep within an element that is left out. */
  let leftOut = 0;
  let count = 0;
  const refuse = (expected: string): never => {
    throw new SvgError(expected, parser.line);
  };
  parser.on('error', () =>
    refuse('expected valid SVG: here it is not, perhaps because of a missing quote or tag'),
  );
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) refuse('expected no <!DOCTYPE> with entities of its own');
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const hint = refusedElements[local.toLowerCase()];
    if (hint !== undefined) refuse(`expected no <${local}>${hint}`);
    const kept = keptAttributes(local, Object.values(attributes), refuse);
    if (++count > mostShapes) refuse(tooMuch);
    if (open.length + leftOut > deepest) refuse(`expected elements nested at most ${deepest} deep`);
    const isRoot = open.length === 1;
    if (isRoot && (uri !== svgNamespace || local !== 'svg')) refuse(begin);
    if (leftOut || uri !== svgNamespace || !shapeNames.has(local)) return void leftOut++;
    // Where it led is within the drawing, and nothing that it needs.
    const name = local === 'a' ? 'g' : local;
    const shape = { name, attributes: isRoot ? rootAttributes(kept, refuse) : kept, children: [] };
    open.at(-1)!.children.push(shape);
    open.push(shape);
  });
  parser.on('closetag', () => {
    if (leftOut) leftOut--;
    else open.pop();
  });
  const addText = (text: string) => {
    const { name, children } = open.at(-1)!;
    if (!leftOut && /^(?:text|tspan|title|desc)$/.test(name)) children.push(text);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  const drawing = top.children[0] as Shape;
  checkUses(drawing);
  return drawing;
}

const tooMuch = `expected at most ${mostShapes} shapes, those that <use> repeats counted each time`;

type Refuse = (expected: string) => never;

/** The attributes that draw; what stands in `style` becomes attributes, as our pages allow no styles. */
function keptAttributes(
  element: string,
  attributes: readonly SaxesAttributeNS[],
  refuse: Refuse,
): Record<string, string> {
  const kept: Record<string, string> = {};
  const styles: Record<string, string> = {};
  const keep = (into: typeof kept, name: string, value: string) => {
    if (leadsAway(value)) refuse(`expected nothing from elsewhere in ${name} of <${element}>`);
    into[name] = value;
  };
  for (const { local, prefix, value } of attributes) {
    if (/^on/i.test(local)) refuse(`expected no ${local} of <${element}>: nothing runs in a plan`);
    if (local === 'href' || local === 'src') {
      if (!/^#[^\s#]+$/.test(value))
        refuse(`expected no address in <${element}> but one within the drawing, such as #door`);
      if (hasReference.has(element)) kept.href = value;
    } else if (prefix !== '') continue;
    else if (local === 'style')
      for (const [name, text] of declarations(value))
        if (presentation.has(name)) keep(styles, name, text);
        else if (leadsAway(text))
          refuse(`expected nothing from elsewhere in style of <${element}>`);
        else continue;
    else if (structure.has(local) || presentation.has(local)) keep(kept, local, value);
  }
  return { ...kept, ...styles };
}

const hasReference = new Set(['use', 'linearGradient', 'radialGradient']);

function declarations(style: string): [string, string][] {
  return style.split(';').flatMap((declaration): [string, string][] => {
    const [name, ...rest] = declaration.split(':');
    const value = rest
      .join(':')
      .replace(/!\s*important/i, '')
      .trim();
    return value ? [[name!.trim().toLowerCase(), value]] : [];
  });
}

/** Could a browser load something for it? References within the drawing are `url(#door)`. */
function leadsAway(value: string): boolean {
  const others = value.replace(/url\(\s*(["']?)#[^\s"'()\\]+\1\s*\)/gi, '');
  return /(?:url|src|image|image-set|element|attr|var)\s*\(|\\|@import/i.test(others);
}

/** The page gives the drawing its size; of its own it only has a shape. */
function rootAttributes(attributes: Record<string, string>, refuse: Refuse) {
  const { width = '', height = '', x: _, y: __, transform: ___, ...rest } = attributes;
  const size = [width, height].map((text) => text.replace(/px$/, ''));
  const viewBox = rest.viewBox ?? `0 0 ${size.join(' ')}`;
  const numbers = viewBox.trim().split(/[\s,]+/);
  if (numbers.length !== 4 || !numbers.every(isNumber)) return refuse(begin);
  if (!numbers.slice(2).every((text) => Number(text) > 0)) return refuse(begin);
  return { ...rest, viewBox: numbers.join(' ') };
}

/** Ten shapes of ten shapes of ten shapes are soon more than any browser draws. */
function checkUses(drawing: Shape): void {
  const shapes = [...allShapes(drawing)];
  const byId = new Map(shapes.map((shape) => [shape.attributes.id, shape]));
  let drawn = shapes.length;
  for (const { name, attributes } of shapes) {
    const used = name === 'use' ? byId.get(attributes.href?.slice(1)) : undefined;
    if (!used) continue;
    for (const inner of allShapes(used)) {
      if (inner.name === 'use')
        throw new SvgError('expected a <use> only of what has no other <use> in it');
      if (++drawn > mostShapes) throw new SvgError(tooMuch);
    }
  }
}

/** A shape, and all that are in it. */
export function* allShapes(shape: Shape): Generator<Shape> {
  yield shape;
  for (const child of shape.children) if (typeof child !== 'string') yield* allShapes(child);
}
