/** The format that the data files are in, where `event.yaml` does not say: the first one. */
export const formatVersion = 1;

/**
 * The format that the text of `event.yaml` says it is in, when this program does not know it; undefined
 * where it does. Read from the text alone: what else a newer format changes is not ours to know.
 */
export function newerFormat(text: string): number | undefined {
  const version = Number(/^format *: *(\d{1,6}) *(?:#.*)?\r?$/m.exec(text)?.[1]);
  return version > formatVersion ? version : undefined;
}

/** @param version as `newerFormat` tells it */
export const updateNeeded = (version: number) =>
  `the data is in format ${version}, and this ptgbot knows format ${formatVersion}: update it`;
