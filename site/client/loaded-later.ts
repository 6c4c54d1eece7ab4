/**
 * A part of the script that few readers need.
 * @param begin called once it is there
 */
export function loadedLater<Part>(load: () => Promise<Part>, begin?: (part: Part) => void) {
  let loading: Promise<Part> | undefined;
  const loadOnce = async () => {
    try {
      state.part = await load();
    } catch (error) {
      // The next time, there may be a connection.
      loading = undefined;
      throw error;
    }
    begin?.(state.part);
    return state.part;
  };
  const state = {
    /** Undefined as long as it is not there. */
    part: undefined as Part | undefined,
    /** Loads it, the first time. */
    want: () => (loading ??= loadOnce()),
  };
  return state;
}
