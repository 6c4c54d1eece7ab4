/** The parameters in a page's name: `{ track: 'nova' }` for `[track]`. */
export type RouteParams = Readonly<Record<string, string>>;
