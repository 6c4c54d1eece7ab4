import { nearest } from '../../schedule-data/text/nearest.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { wording } from '../wording.ts';
import type { Answer } from './command.ts';

/** The answer to a name that no track has, with the track that was most likely meant. */
export function unknownTrack({ tracks }: Schedule, name: string): Answer {
  return { reply: wording.unknownTrack(name, nearest(name, tracks.keys())) };
}
