const video = 'M1 4h9v8H1zM11 7l4-3v8l-4-3z';
const screen = 'M1 2h14v9H1zM7 11h2v2h3v1.5H4V13h3z';
const phone =
  'M3 1h3l1.5 4-2 1.500a9 9 0 0 0 4 4l1.5-2L15 10v3a2 2 0 0 1-2 2A12 12 0 0 1 1 3a2 2 0 0 1 2-2z';
const microphone =
  'M6 1h4v8H6zM3 7h1.500v1.500a3.5 3.5 0 0 0 7 0V7H13v2a5 5 0 0 1-4.2 4.500V15H7.200v-1.500A5 5 0 0 1 3 9z';
const board = 'M1 2h14v9H1zM2.5 3.500v6h11v-6zM4 12h1.500L4 15H2.500zM10.5 12H12l1.5 3H12z';
const wheelchair =
  'M6 1h2.500v2.500H6zM6 4.500h2V8h4l2 5h-1.700l-1.5-3.500H6zM5 8v1.600a3 3 0 1 0 4.2 3.900l1.4.5A4.5 4.5 0 1 1 5 8z';

/** Drawings for the names of equipment that are in use, some of them under older names. */
export const iconShapes: ReadonlyMap<string, string> = new Map([
  ['video', video],
  ['facetime-video', video],
  ['camera', video],
  ['projector', screen],
  ['screen', screen],
  ['blackboard', board],
  ['whiteboard', board],
  ['phone', phone],
  ['earphone', phone],
  ['mic', microphone],
  ['microphone', microphone],
  ['wheelchair', wheelchair],
]);
