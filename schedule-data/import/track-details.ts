/** What a database says of tracks, key by key. */
import { colorHex } from '../schedule/color.ts';
import {
  isWebAddress,
  longestLocation,
  longestTopic,
  type EventInfo,
  type Room,
  type Track,
} from '../format/file-schemas.ts';
import { etherpadAddress } from '../schedule/schedule.ts';
import { fold } from '../text/slug.ts';
import type { Database } from './database.ts';
import { expectedAddress } from './json-value.ts';
import { ownEtherpad, type ImportedTracks } from './imported-tracks.ts';

export function importTrackDetails(
  database: Database,
  tracks: ImportedTracks,
  rooms: ReadonlyMap<string, Room>,
): void {
  tracks.replace(
    database.at('colors'),
    () => ({ color: undefined }),
    (item) => {
      const color = item.checked((text) => !!colorHex(text), 'a colour such as #27a3dd');
      return { color: color && colorHex(color) };
    },
  );
  tracks.replace(
    database.at('location'),
    () => ({ location: undefined, room: undefined }),
    locationReader(rooms),
  );
  tracks.replace(
    database.at('urls'),
    () => ({ url: undefined }),
    (item) => ({ url: item.checked(isWebAddress, expectedAddress) }),
  );
  tracks.replace(
    database.at('now'),
    () => ({ now: undefined }),
    (item, { now }) => {
      const topic = item.text(longestTopic);
      if (topic === undefined) return {};
      // Since when, and who said it, stands only in the base.
      return { now: topic === now?.topic ? now : { topic } };
    },
  );
  tracks.replace(
    database.at('next'),
    () => ({ next: [] }),
    (item) => ({ next: item.list()?.flatMap((one) => one.text(longestTopic) ?? []) ?? [] }),
  );
}

function locationReader(
  rooms: ReadonlyMap<string, Room>,
): Parameters<ImportedTracks['replace']>[2] {
  const slugs = new Map([...rooms].map(([slug, { name }]) => [fold(name), slug]));
  return (item) => {
    const text = item.text(longestLocation);
    if (text === undefined) return {};
    const room = slugs.get(fold(text)) ?? (rooms.has(text) ? text : undefined);
    return room === undefined ? { location: text } : { room };
  };
}

/** Etherpads that an event makes from its id and the name of the track change with its id. */
export function importEtherpads(
  database: Database,
  tracks: ImportedTracks,
  before: EventInfo,
  event: EventInfo,
): void {
  tracks.map((track, slug) => {
    const name = nameInEtherpad(before, slug, track);
    return name === undefined ? {} : ownEtherpad(event, slug, etherpadAddress(event, name));
  });
  tracks.replace(
    database.at('etherpads'),
    (track, slug) =>
      track.etherpad === undefined || nameInEtherpad(event, slug, track) !== undefined
        ? {}
        : ownEtherpad(event, slug, etherpadAddress(event, track.name ?? slug)),
    (item, _track, slug) => {
      const address = item.checked(isWebAddress, expectedAddress);
      return address === undefined ? {} : ownEtherpad(event, slug, address);
    },
  );
}

/** From which of its names the etherpad of a track is made; undefined for another address. */
function nameInEtherpad(event: EventInfo, slug: string, track: Track): string | undefined {
  return [slug, ...(track.name === undefined ? [] : [track.name]), ...track.formerly].find(
    (name) => track.etherpad === etherpadAddress(event, name),
  );
}
