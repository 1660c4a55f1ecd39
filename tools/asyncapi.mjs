// Writes docs/asyncapi.yaml and docs/protocol/README.md from the catalogue and the data classes of the agent
// protocol, and into docs/writing-an-adapter.md what it shows of sources. `--check` leaves them as they are (unit
// tests say when they are stale). Either way the official parser then has to accept the document of the protocol
// without a complaint.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { fail, root, run } from './prepare.mjs';

if (!process.argv.includes('--check')) {
  process.env.CORDBOARD_WRITE_DOCS = 'yes';
  const jest = ['tools/jest.mjs', '--selectProjects', 'unit', '--', 'test/docs'];
  const { code } = await run(process.execPath, jest);
  if (code !== 0) process.exit(code);
}

const { document, diagnostics } = await new Parser().parse(
  readFileSync(join(root, 'docs', 'asyncapi.yaml'), 'utf8'),
);
// 0 is an error, 1 a warning; what is above are hints, such as that a newer AsyncAPI exists.
const complaints = diagnostics.filter(({ severity }) => severity <= 1);
for (const { message, path } of complaints) {
  console.error(`docs/asyncapi.yaml: ${path.join('/')}: ${message}`);
}
if (document === undefined || complaints.length > 0) fail('docs/asyncapi.yaml is not accepted by its parser');
