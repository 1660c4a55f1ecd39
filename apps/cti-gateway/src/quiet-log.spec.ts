import { virtualClock } from '@cordboard/testing';
import { LOG_WINDOW_LINES, LOG_WINDOW_MS } from './limits.ts';
import { createQuietLog } from './quiet-log.ts';

it('a log that is flooded keeps so many lines, and says how many it left out', () => {
  const clock = virtualClock();
  const lines: unknown[] = [];
  const write = createQuietLog(clock, (message, context) => void lines.push([message, context]));
  for (let n = 0; n < LOG_WINDOW_LINES + 5; n += 1) write('x', { n });
  expect(lines).toHaveLength(LOG_WINDOW_LINES);
  clock.advance(LOG_WINDOW_MS);
  write('y');
  write('z', { a: 1 });
  expect(lines.slice(LOG_WINDOW_LINES)).toEqual([
    ['y', { leftOut: 5 }],
    ['z', { a: 1 }],
  ]);
  clock.advance(LOG_WINDOW_MS);
  write('quiet again', {});
  expect(lines.at(-1)).toEqual(['quiet again', {}]);
});
