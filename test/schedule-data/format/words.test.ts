import { expect, test } from 'vitest';
import { newFile } from '../../../schedule-data/format/data-files.ts';

test.each(['null', '~', 'true', '7'])('somebody may subscribe to the word %s', (word) => {
  const person = { nick: 'ada', account: word, subscription: word };
  expect(newFile('person', person).read).toMatchObject({ ok: true, value: person });
});
