import { readFileSync, writeFileSync } from 'node:fs';
import { fillGuide } from './adapter-guide/fill-guide.ts';

const GUIDE = new URL('../../docs/integrating.md', import.meta.url);

it('docs/integrating.md shows the tested service; mend it with `npm run docs`', () => {
  const guide = readFileSync(GUIDE, 'utf8');
  const filled = fillGuide(guide, {});
  if (process.env['CORDBOARD_WRITE_DOCS'] === 'yes') writeFileSync(GUIDE, filled);
  else expect(guide).toBe(filled);
});
