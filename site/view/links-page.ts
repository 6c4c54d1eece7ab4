import { roomViews } from './rooms.ts';

/** Everything that the page of links shows. */
export interface LinksPage {
  /** What the event itself has to say. */
  readonly event: readonly Link[];
  /** The rooms, each a sign for its door. */
  readonly rooms: readonly Link[];
}

interface Link {
  readonly title: string;
  readonly url: string;
}

export function linksPage({ schedule }: Pick<App.Locals, 'schedule'>): LinksPage {
  return {
    event: schedule.event.links,
    rooms: roomViews(schedule).map(({ name, path }) => ({ title: name, url: path })),
  };
}
