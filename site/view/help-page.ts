import type { CommandReference } from './commands.ts';
import { scheduleXmlPath } from './conference.ts';
import { embedPath } from './embed-page.ts';
import { qrCode, type QrCode } from './qr-code.ts';
import { eventSubscription, type Subscription } from './subscription.ts';

/** Everything that the page of help shows. */
export interface HelpPage {
  readonly groups: readonly CommandGroup[];
  /** For calendars and apps; missing while no day has a date. */
  readonly calendar?: Subscription;
  /** Has Giggity, an app, open the schedule; where the site knows its own address. */
  readonly giggity?: QrCode;
  /** To be pasted into the page of somebody else. */
  readonly embed: string;
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
  locals: Pick<App.Locals, 'schedule' | 'site'>,
  commands: readonly CommandReference[],
): HelpPage {
  const { schedule, site } = locals;
  const calendar = eventSubscription(locals);
  const voiced = schedule.event.moderation === 'voiced';
  const groups = [
    {
      id: 'track',
      title: 'For a track',
      who: voiced
        ? 'In the channel, for those who have voice or op there. Put the name of your track in place of TRACK.'
        : 'In the channel, for everybody. Put the name of your track in place of TRACK.',
    },
    { id: 'person', title: 'For yourself', who: 'In the channel, or to the bot in private.' },
    { id: 'operator', title: 'For operators', who: 'In the channel, for those who have op there.' },
  ] as const;
  return {
    groups: groups
      .map((group) => ({ ...group, commands: commands.filter(({ kind }) => kind === group.id) }))
      .filter(({ commands }) => commands.length > 0),
    calendar,
    giggity: calendar && site !== undefined ? giggityCode(site) : undefined,
    embed: `<iframe src="${site ?? 'https://ptg.example.org'}${embedPath}?embed" width="360" height="600" title="On now"></iframe>`,
  };
}

const giggityCode = (site: string) =>
  qrCode(`https://ggt.gaa.st/#url=${encodeURIComponent(site + scheduleXmlPath)}`);
