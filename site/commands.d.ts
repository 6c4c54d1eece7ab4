/** Comes from the Astro configuration, see `ptgbotRenderer`. */
declare module 'virtual:ptgbot/commands' {
  import type { CommandReference } from './view/commands.ts';
  const commands: readonly CommandReference[];
  export default commands;
}
