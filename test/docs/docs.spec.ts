import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { CAPABILITY_KEYS } from '@cordboard/cti-protocol';
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

it('the catalogue names only capabilities that a switch can have', () => {
  const named = CATALOGUE.commands.flatMap(({ capability }) => (capability === null ? [] : [capability]));
  expect(CAPABILITY_KEYS).toEqual(expect.arrayContaining(named));
});
