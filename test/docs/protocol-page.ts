import { CLOSE_CODES, FAILURE_ADVICE } from '@cordboard/agent-protocol';
import {
  CATALOGUE,
  type WrittenCommand,
  type WrittenEvent,
  type WrittenField,
  type WrittenFollower,
  type WrittenServiceCommand,
} from '@cordboard/agent-protocol/catalogue';
import { type JsonObject } from '@cordboard/kernel';
import { shape } from './shape.ts';

const { commands, serviceCommands, events, profileMessages, preconditions, $defs } = CATALOGUE;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

const code = (text: string): string => `\`${text}\``;
const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

const fieldRow = ({ path, aliases = [], types, required, default: fallback, rule }: WrittenField) => [
  [path, ...aliases].map(code).join(' or '),
  types.join(', '),
  required ? 'yes' : fallback === undefined ? '' : `default ${JSON.stringify(fallback)}`,
  rule,
];

const fieldsOf = (fields: readonly WrittenField[]): readonly string[] =>
  fields.length === 0 ? [] : [table(['field', 'types', 'required', 'rule'], fields.map(fieldRow))];

const follower = ({ event, of, each, when }: WrittenFollower): string => {
  const about = of === undefined ? '' : ` (${of === 'original' || of === 'consult' ? `${of} call` : of})`;
  return `${code(event)}${about}${each ? ', each channel' : ''}${when === undefined ? '' : `, if ${when}`}`;
};

const SUCCESS = { none: 'no data', echo: 'the data of the request', empty: '`{}`', own: '' } as const;

const answerOf = ({ success, answer }: WrittenCommand): string =>
  answer === undefined ? SUCCESS[success] : code(shape(answer));

const needsOf = ({ capability, orConfigured }: WrittenCommand): readonly string[] =>
  capability === null
    ? []
    : [`- Needs ${code(capability)} of the switch${orConfigured ? ', or a configured list' : ''}.`];

const commandPart = (row: WrittenCommand): string =>
  [
    `### ${row.name}`,
    row.does,
    [
      `- Target: ${codes(row.targets)}${row.aliases.length === 0 ? '' : `. Also ${codes(row.aliases)}`}.`,
      ...needsOf(row),
      `- Demands: ${row.preconditions.join(', ') || 'nothing more'}.`,
      `- Success: ${answerOf(row)}. Fails with ${codes(row.failures)}.`,
      ...(row.needinfo === undefined
        ? []
        : [`- \`needinfo\` if ${row.needinfo.when}: ${code(shape(row.needinfo.uiExtension))}.`]),
      ...[row.recovery, row.again].filter((note) => note !== undefined).map((note) => `- ${note}`),
      `- ${row.answersLast ? 'Before the answer' : 'Then'}: ${row.events.map(follower).join('; ') || 'nothing'}.`,
    ].join('\n'),
    ...fieldsOf(row.data),
  ].join('\n\n');

const servicePart = (row: WrittenServiceCommand): string =>
  [
    `### ${row.name}`,
    row.does,
    [
      `- Target: ${row.target === 'session' ? '`S`' : 'none'}.`,
      `- Success: ${code(shape(row.answer))}. Fails with ${codes(row.failures)}.`,
      ...(row.confirm === undefined ? [] : [`- \`confirm\`: ${row.confirm}`]),
    ].join('\n'),
    ...fieldsOf(row.data),
  ].join('\n\n');

const eventRow = ({ name, aliases, targets, says, data }: WrittenEvent): readonly string[] => [
  code(name) + (aliases.length === 0 ? '' : ` (clients take ${codes(aliases)} too)`),
  codes(targets),
  'oneOf' in data
    ? (data.oneOf as JsonObject[]).map((one) => code(shape(one))).join('<br>')
    : code(shape(data)),
  says,
];

/** The page of tables about the protocol, in Markdown. */
export const protocolPage = (): string =>
  `${[
    '# The agent session protocol, row by row',
    'Made from `libs/agent-protocol/catalogue.json` by `npm run docs`; do not edit. The same for programs: [asyncapi.yaml](../asyncapi.yaml). How to connect, bind and resume: [websocket.md](../websocket.md).',
    'Targets are paths of ids: `S` session, `G` channel group, `C` channel, `I` interaction, `V` conversation. Blanks around a command are dropped; an answer repeats it as it was sent. Absent, null and empty text mean the same, but for values of interaction data. Lists of events are in order; others may stand between.',
    `Every command can also fail with ${codes(CATALOGUE.generalFailures)}.`,
    '## Commands',
    ...commands.map(commandPart),
    '## Commands of the WebSocket profile',
    ...serviceCommands.map(servicePart),
    '## Preconditions',
    table(
      ['name', 'demands', 'else'],
      Object.entries(preconditions).map(([name, { rule, failure }]) => [name, rule, code(failure)]),
    ),
    `Every command demands ${CATALOGUE.generalPreconditions.join(', ')}.`,
    '## Events',
    table(['event', 'target', 'data', 'says'], events.map(eventRow)),
    '## Other frames',
    table(
      ['frame', 'content', 'says'],
      profileMessages.map(({ name, frame, says }) => [code(name), code(shape(frame)), says]),
    ),
    '## Named types',
    table(
      ['type', 'shape'],
      Object.entries($defs).map(([name, schema]) => [code(name), code(shape(schema))]),
    ),
    '## Failure codes',
    table(
      ['code', 'meaning'],
      Object.entries(FAILURE_ADVICE).map(([name, advice]) => [code(name), advice]),
    ),
    '## Close codes',
    table(
      ['code', 'reason', 'then'],
      Object.values(CLOSE_CODES).map(({ code: number, reason, then }) => [
        String(number),
        reason,
        THEN[then],
      ]),
    ),
  ].join('\n\n')}\n`;

const THEN = {
  resume: 'connect again and resume',
  token: 'get a new token, connect again and resume',
  stay: 'do not come back by yourself',
} as const;
