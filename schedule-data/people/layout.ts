/** The files of people: one for each, named by their key. */
import { changesInFolder } from '../store/changes.ts';
import type { FileValue } from '../format/file-schemas.ts';
import type { Layout } from '../store/layout.ts';
import type { People } from './person.ts';

export interface PeopleContent {
  readonly people: People;
}

const pathOf = (key: string) => `people/${key}.yaml`;

export const peopleLayout: Layout<PeopleContent> = {
  folders: ['people'],
  classifyPath(path) {
    const [, slug] = /^people\/((?:nick|account)-[\w%.-]+)\.yaml$/.exec(path) ?? [];
    return slug === undefined ? { kind: 'foreign' } : { kind: 'person', slug };
  },
  assemble: (files) => ({
    people: new Map(
      [...files.values()].flatMap(({ slug, value }): [string, FileValue<'person'>][] =>
        value === undefined ? [] : [[slug, value as FileValue<'person'>]],
      ),
    ),
  }),
  changesBetween: (before, after) => changesInFolder('person', pathOf, before.people, after.people),
};
