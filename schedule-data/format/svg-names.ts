/** What of SVG a drawing may hold: https://www.w3.org/TR/SVG2/ */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Elements. Filters, masks, patterns, markers and text on paths are left out. */
export const shapeNames = words(`
  svg g a defs symbol use title desc
  path rect circle ellipse line polyline polygon text tspan
  linearGradient radialGradient stop clipPath
`);

/** Attributes that say what a shape is. */
export const structure = words(`
  id x y x1 y1 x2 y2 cx cy r rx ry fx fy fr width height d points pathLength
  viewBox preserveAspectRatio transform dx dy rotate textLength lengthAdjust
  offset gradientUnits gradientTransform spreadMethod clipPathUnits
`);

/** Attributes that say how it looks; the same names are properties of CSS. */
export const presentation = words(`
  fill fill-opacity fill-rule clip-path clip-rule color opacity display visibility
  stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
  stroke-dasharray stroke-dashoffset stop-color stop-opacity paint-order vector-effect
  font-family font-size font-style font-weight font-variant font-stretch text-anchor text-decoration
  dominant-baseline alignment-baseline baseline-shift letter-spacing word-spacing writing-mode
  shape-rendering text-rendering
`);

export const isNumber = (text: string) => /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text);
