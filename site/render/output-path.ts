import type { RouteParams } from '../view/route-params.ts';

interface Route {
  readonly type: string;
  readonly isIndex: boolean;
  readonly segments: readonly (readonly { content: string; dynamic: boolean }[])[];
}

/**
 * Path of the file that a route makes: `index.astro` of a folder makes that folder's index.html,
 * any other page NAME.html, an endpoint NAME. Throws when a parameter is missing or is no name.
 */
export function outputPath({ type, isIndex, segments }: Route, params: RouteParams): string {
  const folders = segments.map((parts) =>
    parts.map(({ content, dynamic }) => (dynamic ? fileName(params, content) : content)).join(''),
  );
  if (type === 'endpoint') return folders.join('/');
  return isIndex ? [...folders, 'index.html'].join('/') : `${folders.join('/')}.html`;
}

/** Relative, and each part the name of a visible file: nothing that leads elsewhere. */
export function isOutputPath(path: string): boolean {
  return path.split('/').every(isVisibleName);
}

function isVisibleName(name: string): boolean {
  return /^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u.test(name);
}

function fileName(params: RouteParams, name: string): string {
  const value = params[name];
  if (value === undefined || !isVisibleName(value))
    throw new Error(`The parameter ${name} of a page is "${value}"; expected the name of a file.`);
  return value;
}
