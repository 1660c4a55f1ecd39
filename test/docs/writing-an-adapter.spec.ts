import { readFileSync, writeFileSync } from 'node:fs';
import { checkBody, MESSAGES } from '@cordboard/cti-protocol';
import { callTranscript, handshakeTranscript } from './adapter-guide/call-transcript.ts';
import { EXAMPLES } from './adapter-guide/examples.ts';
import { fillGuide } from './adapter-guide/fill-guide.ts';
import { capabilities, frame, hello, limits, messages, words } from './adapter-guide/tables.ts';

const GUIDE = new URL('../../docs/writing-an-adapter.md', import.meta.url);

it('docs/writing-an-adapter.md shows what is so; mend it with `npm run docs`', async () => {
  const guide = readFileSync(GUIDE, 'utf8');
  const made = {
    transcript: await callTranscript(),
    handshake: await handshakeTranscript(),
    capabilities: capabilities(),
    frame: frame(),
    hello: hello(),
    messages: messages(),
    words: words(),
    limits: limits(),
  };
  const filled = fillGuide(guide, made);
  if (process.env['CORDBOARD_WRITE_DOCS'] === 'yes') writeFileSync(GUIDE, filled);
  else expect(guide).toBe(filled);
});

it.each(MESSAGES.map(({ name, kind }) => [name, kind] as const))('the example of %s fits', (name, kind) => {
  const { body = {}, answer = {} } = EXAMPLES[name] ?? {};
  const header = { name, target: 'S', requestId: 'r1' };
  expect(checkBody({ header: { ...header, type: `cti.${kind}` }, body })).toMatchObject({ ok: true });
  if (kind === 'event') return;
  const answered = { ...header, type: 'cti.response', result: 'SUCCESS' } as const;
  expect(checkBody({ header: answered, body: answer })).toMatchObject({ ok: true });
});
