import { chooseDisks, settingsOf } from './settings.ts';

describe('the disks of a run', () => {
  it.each([
    ['full', [], null, ['as is', '+1 ms', '+4 ms'], {}],
    ['quick', [], null, ['as is'], { '+1 ms': 'only in the full run', '+4 ms': 'only in the full run' }],
    ['full', [], 'no compiler', ['as is'], { '+1 ms': 'no compiler', '+4 ms': 'no compiler' }],
    [
      'quick',
      ['+4 ms'],
      null,
      ['+4 ms'],
      { 'as is': 'left out by --only-disk', '+1 ms': 'left out by --only-disk' },
    ],
  ] as const)('%s, only %j', (mode, only, noSlowDisk, disks, absent) => {
    expect(chooseDisks({ mode, only, noSlowDisk })).toEqual({ disks, absent });
  });
});

it('a longer run has more rounds, of more time', () => {
  const [quick, full, long] = (['quick', 'full', 'long'] as const).map((mode) => settingsOf(mode, []));
  expect([quick?.rounds, full?.rounds, long?.rounds]).toEqual([3, 5, 7]);
  expect([quick?.roundMs, full?.roundMs, long?.roundMs]).toEqual([1_000, 2_000, 3_000]);
  expect(quick?.sessions).toEqual([1, 64, 256]);
});
