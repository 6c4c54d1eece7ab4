/** The calendar of some tracks only, which the built-in server puts together: `/ptg.ics?tracks=nova,cinder`. */

export const calendarOfTracks = (tracks: readonly string[]) =>
  `/ptg.ics?tracks=${tracks.map(encodeURIComponent).join(',')}`;

/** Tells of how many tracks an answer is. Any other host answers with the calendar of all, and without it. */
export const calendarTracksHeader = 'Calendar-Tracks';
