import { overEach } from './room/over-each.ts';
import { SEQUENCES } from './sequences/all.ts';

overEach((scene) => {
  describe.each(SEQUENCES)('%s', (_, sequences) => {
    it.each(sequences.map(({ title, rows }) => [title, rows] as const))('%s', (_title, rows) =>
      scene.check(rows),
    );
  });
});
