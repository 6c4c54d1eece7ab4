import { withTrack } from '../../schedule-data/schedule/schedule.ts';
import type { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { message } from './repository.ts';

/** Has nova discuss one topic after the other, a commit each; gives the commits. */
export async function discussTopics(
  store: ScheduleStore,
  count: number,
  name = 'topic',
): Promise<readonly string[]> {
  const outcomes = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      store.update(({ schedule }) => {
        const nova = schedule.tracks.get('nova')!;
        const topic = `${name} ${index + 1}`;
        const now = { topic, since: '2018-09-10T15:04:05Z', by: 'gibi' };
        return {
          result: undefined,
          change: {
            schedule: withTrack(schedule, 'nova', { ...nova, now: { ...nova.now, ...now } }),
            message: message(`nova: now ${topic}`),
          },
        };
      }),
    ),
  );
  return outcomes.map(({ snapshot }) => snapshot.commit);
}

/** Takes a topic away, in a commit that says it reverts another. */
export async function revertTopic(store: ScheduleStore, commit: string): Promise<string> {
  const { snapshot } = await store.update(({ schedule }) => {
    const { now: _, ...nova } = schedule.tracks.get('nova')!;
    const body = `This reverts commit ${commit}.`;
    return {
      result: undefined,
      change: {
        schedule: withTrack(schedule, 'nova', nova),
        message: { ...message('Revert "nova: now"'), body },
      },
    };
  });
  return snapshot.commit;
}
