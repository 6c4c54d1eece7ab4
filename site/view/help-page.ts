import type { CommandReference } from './commands.ts';

/** Everything that the page of help shows. */
export interface HelpPage {
  readonly groups: readonly CommandGroup[];
}

interface CommandGroup {
  /** For anchors. */
  readonly id: CommandReference['kind'];
  readonly title: string;
  /** Who may, and where, as a sentence. */
  readonly who: string;
  readonly commands: readonly CommandReference[];
}

/** The commands by who may use them; `schedule` says who may speak for a track at the moment. */
export function helpPage(
  { schedule }: Pick<App.Locals, 'schedule'>,
  commands: readonly CommandReference[],
): HelpPage {
  const voiced = schedule.event.moderation === 'voiced';
  const groups = [
    {
      id: 'track',
      title: 'For a track',
      who: voiced
        ? 'In the channel, by whoever has voice or op there. Write the name of your track for TRACK.'
        : 'In the channel, by everybody. Write the name of your track for TRACK.',
    },
    { id: 'person', title: 'For yourself', who: 'In the channel, or to the bot in private.' },
    { id: 'operator', title: 'For operators', who: 'In the channel, by whoever has op there.' },
  ] as const;
  return {
    groups: groups
      .map((group) => ({ ...group, commands: commands.filter(({ kind }) => kind === group.id) }))
      .filter(({ commands }) => commands.length > 0),
  };
}
