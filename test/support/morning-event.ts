/** An event of one morning: two slots in a row, Monday 09:00 to 12:30 in Denver. */
export const morningEvent = {
  timezone: 'America/Denver',
  days: [
    {
      name: 'Monday',
      date: '2018-09-10',
      slots: [
        { name: 'MonA1', start: '09:00', end: '10:45' },
        { name: 'MonA2', start: '10:45', end: '12:30' },
      ],
    },
  ],
};
