import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { type Exchange } from '../desk/stage.ts';
import { textOf } from '../wire/frame.ts';
import { normalised } from './normalise.ts';

const block = (value: unknown): string => ['```json', JSON.stringify(value, null, 2), '```'].join('\n');

/** One page of documentation: what a command does, and an exchange in which it succeeds. */
export const pageOf = (exchange: Exchange): string => {
  const row = CATALOGUE.commands.find(({ name }) => name === exchange.command);
  const [request, ...frames] = normalised(exchange);
  const parts = frames.flatMap((frame) => [
    frame['messageType'] === 'objectEvent' ? `Event \`${textOf(frame['name'])}\`:` : 'Answer:',
    '',
    block(frame),
    '',
  ]);
  return [
    `# ${exchange.command}`,
    '',
    row?.does ?? '',
    '',
    'Request:',
    '',
    block(request),
    '',
    ...parts,
    'Ids, times and sequences are made plain; events that only tell of something else are left out.',
    '',
  ].join('\n');
};
