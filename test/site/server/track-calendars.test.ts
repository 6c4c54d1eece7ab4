import { expect, test } from 'vitest';
import { tracksIn } from '../../../site/server/track-calendars.ts';

const many = Array.from({ length: 60 }, (_, index) => `t${index}`);

test.each([
  ['', undefined],
  ['?tracks=', undefined],
  ['?tracks=,%20,', undefined],
  ['?track=nova', undefined],
  ['?tracks=nova,cinder', ['nova', 'cinder']],
  ['?tracks=Nova&tracks=cinder%20NOVA', ['nova', 'cinder']],
  ['?tracks=日本語,e%CC%81', ['日本語', 'é']],
  ['?tracks=../secret,.env,a/b,%00,%,404,<b>', []],
  [`?tracks=${many.join()}`, many.slice(0, 50)],
])('the calendar of %s is of the tracks %j', (query, tracks) => {
  expect(tracksIn(query)).toEqual(tracks);
});
