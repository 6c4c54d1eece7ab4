/** How a track looks, and where it is found. */
import { colorHex } from '../../schedule-data/schedule/color.ts';
import {
  isWebAddress,
  longestLocation,
  type Track,
} from '../../schedule-data/format/file-schemas.ts';
import {
  etherpadAddress,
  withTrack,
  type Schedule,
} from '../../schedule-data/schedule/schedule.ts';
import { wording } from '../wording.ts';
import type { Answer, TrackCommand } from './command.ts';
import { isNone } from './no-value.ts';
import { unwrapped } from './quoted.ts';

/** A command that sets one field: `set` gives the new value of it, or the reply to a mistake. */
function fieldCommand(
  text: Pick<TrackCommand, 'name' | 'aliases' | 'usage' | 'summary' | 'example'>,
  set: (value: string, schedule: Schedule, slug: string) => Partial<Track> | string,
): TrackCommand {
  const command: TrackCommand = {
    kind: 'track',
    ...text,
    run: (schedule, call): Answer => {
      if (!call.text) return { reply: wording.rightForm(command) };
      const change = set(unwrapped(call.text), schedule, call.slug);
      if (typeof change === 'string') return { reply: change };
      return { schedule: withTrack(schedule, call.slug, { ...call.track, ...change }) };
    },
  };
  return command;
}

export const etherpad = fieldCommand(
  {
    name: 'etherpad',
    usage: '#TRACK etherpad URL|none',
    summary: 'sets the address of the etherpad; none goes back to the usual one.',
    example: '#nova etherpad https://etherpad.opendev.org/p/nova-ptg',
  },
  (text, { event }, slug) => {
    const isUsual = isNone(text) || text === etherpadAddress(event, slug);
    if (isUsual) return { etherpad: undefined };
    if (!isWebAddress(text))
      return wording.notAnAddress(text, 'https://etherpad.opendev.org/p/nova');
    return { etherpad: text };
  },
);

export const url = fieldCommand(
  {
    name: 'url',
    usage: '#TRACK url URL|none',
    summary:
      'sets where to join the track remotely, instead of where its room says; none removes it.',
    example: '#nova url https://meet.example.org/nova',
  },
  (text) => {
    if (isNone(text)) return { url: undefined };
    if (!isWebAddress(text)) return wording.notAnAddress(text, 'https://meet.example.org/nova');
    return { url: text };
  },
);

export const color = fieldCommand(
  {
    name: 'color',
    aliases: ['colour'],
    usage: '#TRACK color COLOR|none',
    summary: 'sets the colour of the badge of the track; none removes it.',
    example: '#nova color #27a3dd',
  },
  (text) => {
    if (isNone(text)) return { color: undefined };
    const hex = colorHex(text);
    return hex === undefined ? wording.notAColor(text) : { color: hex };
  },
);

export const location = fieldCommand(
  {
    name: 'location',
    usage: '#TRACK location TEXT|none',
    summary: 'says where the track is, if not where it booked; none goes back to its bookings.',
    example: '#nova location in the bar',
  },
  (text) => {
    if (isNone(text)) return { location: undefined };
    if (text.length > longestLocation) return wording.tooLong(longestLocation);
    return { location: text };
  },
);
