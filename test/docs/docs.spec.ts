import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { asyncApi } from './asyncapi.ts';
import { protocolPage } from './protocol-page.ts';

const read = (path: string): string => {
  const url = new URL(`../../${path}`, import.meta.url);
  return existsSync(url) ? readFileSync(url, 'utf8') : '';
};
const { version } = JSON.parse(read('package.json')) as { version: string };

const PAGES: readonly (readonly [path: string, text: string])[] = [
  ['docs/asyncapi.yaml', stringify(asyncApi(version), { aliasDuplicateObjects: false, lineWidth: 110 })],
  ['docs/protocol/README.md', protocolPage()],
];

it.each(PAGES)('%s is what the catalogue says; mend it with `npm run docs`', (path, text) => {
  // The generator is this test told to write instead of to compare.
  if (process.env['CORDBOARD_WRITE_DOCS'] === 'yes') {
    writeFileSync(new URL(`../../${path}`, import.meta.url), text);
  }
  expect(read(path) === text).toBe(true);
});
