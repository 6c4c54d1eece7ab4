import { channel } from 'node:diagnostics_channel';

/** How far a line has come on its way from the chat to the readers. */
export type Stage = 'received' | 'decided' | 'committed' | 'first page' | 'published' | 'told';

const stages = channel('ptgbot:stage');

/** Tells whoever measures (Node's `diagnostics_channel`, `ptgbot:stage`); costs nothing otherwise. */
export function reached(stage: Stage): void {
  stages.publish(stage);
}
