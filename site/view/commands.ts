/** How a command is typed and what it does; the command table of the bot says the same. */
export interface CommandReference {
  /** Who may: `track` the people of a track, `person` anybody, `operator` whoever has op. */
  readonly kind: 'track' | 'person' | 'operator';
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
}
