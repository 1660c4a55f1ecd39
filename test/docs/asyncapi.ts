import {
  CATALOGUE,
  dataSchema,
  type WrittenCommand,
  type WrittenEvent,
  type WrittenServiceCommand,
} from '@cordboard/agent-protocol/catalogue';
import { FAILURE_CODES } from '@cordboard/agent-protocol';
import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';

const { commands, serviceCommands, events, profileMessages, $defs } = CATALOGUE;
type Row = WrittenCommand | WrittenServiceCommand;

const SESSION = '0198f2c4-7a10-7abc-8def-0123456789ab';
const IDS: Readonly<Record<string, string>> = { S: SESSION, G: 'TEAM', C: '1001', I: 'i1', V: 'v1' };
const CHANNEL = '#/channels/agent';

/**
 * The catalogue's schemas are exact, as tests want them. Readers of the wire must bear new keys, so what says
 * "no others" is left out; what is referred to stands among the components.
 */
const published = (schema: Json): Json => {
  if (typeof schema === 'string') return schema.replace(/^#\/\$defs\//, '#/components/schemas/');
  if (Array.isArray(schema)) return schema.map((item: Json) => published(item));
  if (!isJsonObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !(key === 'additionalProperties' && value === false))
      .map(([key, value]) => [key, published(value ?? null)]),
  );
};

const targetsOf = (row: Row): readonly string[] => {
  if ('targets' in row) return row.targets;
  return row.target === 'session' ? ['S'] : [];
};
const pathOf = (shape: string): string =>
  shape
    .split('.')
    .map((initial) => IDS[initial] ?? initial)
    .join('.');
const targetSchema = (shapes: readonly string[]): JsonObject => ({
  type: 'string',
  description: `Path of ids: ${shapes.join(' or ')}.`,
});

const TEXT = { type: 'string' };
const REQUEST_ID = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' };

const request = (row: Row): JsonObject => {
  const shapes = targetsOf(row);
  const [shape] = shapes;
  const aliases = 'aliases' in row ? row.aliases : [];
  const needsData = row.data.some(({ required }) => required);
  return {
    name: row.name,
    title: row.name,
    summary: row.does,
    payload: {
      type: 'object',
      required: ['command', ...(shape === undefined ? [] : ['target']), ...(needsData ? ['data'] : [])],
      properties: {
        command: { type: 'string', enum: [row.name, ...aliases] },
        requestId: REQUEST_ID,
        ...(shape === undefined ? {} : { target: targetSchema(shapes) }),
        data: published(dataSchema(row)),
      },
    },
    examples: [
      {
        payload: {
          command: row.name,
          requestId: 'r1',
          ...(shape === undefined ? {} : { target: pathOf(shape) }),
          data: row.example,
        },
      },
    ],
  };
};

const answerMessage = (title: string, summary: string, more: JsonObject, required: readonly string[]) => ({
  name: title,
  title,
  summary,
  payload: {
    type: 'object',
    required: ['command', 'result', ...required],
    properties: { command: TEXT, requestId: REQUEST_ID, target: TEXT, ...more },
  },
});

const success = (title: string, summary: string, data: JsonObject | null): JsonObject =>
  answerMessage(
    title,
    summary,
    { result: { const: 'success' }, ...(data === null ? {} : { data: published(data) }) },
    data === null ? [] : ['data'],
  );

const ORIGINAL = { description: 'The request, without passwords and tokens; null if it could not be read.' };

const failure = (): JsonObject =>
  answerMessage(
    'failure',
    'What failed and what to do about it.',
    {
      result: { const: 'failure' },
      failure: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { type: 'string', enum: FAILURE_CODES }, message: TEXT, context: TEXT },
      },
      original: ORIGINAL,
    },
    ['failure', 'original'],
  );

const needinfoOf = ({ name, needinfo }: WrittenCommand): readonly (readonly [string, JsonObject])[] => {
  if (needinfo === undefined) return [];
  const more = {
    result: { const: 'needinfo' },
    uiExtension: published(needinfo.uiExtension),
    original: ORIGINAL,
  };
  const summary = `Nothing was done: ${needinfo.when}.`;
  return [
    [`${name}.needinfo`, answerMessage(`${name}.needinfo`, summary, more, ['uiExtension', 'original'])],
  ];
};

const confirmOf = (row: WrittenServiceCommand): readonly (readonly [string, JsonObject])[] => {
  if (row.confirm === undefined) return [];
  const more = {
    ...{ result: { const: 'confirm' }, message: TEXT, original: ORIGINAL },
    data: published(row.answer),
  };
  const title = `${row.name}.confirm`;
  return [[title, answerMessage(title, row.confirm, more, ['message', 'original'])]];
};

/** Names of the messages that may answer a command. */
const answersOf = (row: Row): readonly string[] => {
  const own = row.answer === undefined ? [] : [`${row.name}.success`];
  const general = 'success' in row && row.success !== 'own' ? [`success.${row.success}`] : [];
  const third = [
    ...('needinfo' in row ? [`${row.name}.needinfo`] : []),
    ...('confirm' in row ? [`${row.name}.confirm`] : []),
  ];
  return [...own, ...general, ...third, 'failure'];
};

const event = ({ name, targets, says, data }: WrittenEvent): JsonObject => ({
  name,
  title: name,
  summary: says,
  payload: {
    type: 'object',
    required: ['messageType', 'target', 'name', 'data', 'sequence', 'previous', 'at'],
    properties: {
      messageType: { const: 'objectEvent' },
      target: targetSchema(targets),
      name: { const: name },
      data: published(data),
      sequence: { type: 'integer', minimum: 0 },
      previous: { type: ['integer', 'null'], description: 'Sequence of the event before it.' },
      at: { type: 'string', format: 'date-time' },
      context: { type: 'object', description: 'For debugging; ignore it.' },
    },
  },
});

const messages = (): Readonly<Record<string, JsonObject>> =>
  Object.fromEntries([
    ...[...commands, ...serviceCommands].map((row) => [row.name, request(row)] as const),
    ['success.none', success('success.none', 'Done.', null)],
    [
      'success.echo',
      success('success.echo', "Done; data is the request's, as received.", { type: 'object' }),
    ],
    ['success.empty', success('success.empty', 'Done; data is empty.', { type: 'object', maxProperties: 0 })],
    ...[...commands, ...serviceCommands].flatMap(({ name, answer }) =>
      answer ? [[`${name}.success`, success(`${name}.success`, 'Done.', answer)] as const] : [],
    ),
    ...commands.flatMap(needinfoOf),
    ...serviceCommands.flatMap(confirmOf),
    ['failure', failure()],
    ...events.map((row) => [`event.${row.name}`, event(row)] as const),
    ...profileMessages.map(({ name, says, frame }) => [
      `event.${name}`,
      { name, title: name, summary: says, payload: published(frame) },
    ]),
  ]) as Readonly<Record<string, JsonObject>>;

const inChannel = (name: string): JsonObject => ({ $ref: `${CHANNEL}/messages/${name}` });

const operations = (names: readonly string[]): JsonObject => ({
  ...Object.fromEntries(
    [...commands, ...serviceCommands].map((row) => [
      row.name,
      {
        action: 'receive',
        channel: { $ref: CHANNEL },
        summary: row.does,
        messages: [inChannel(row.name)],
        reply: { channel: { $ref: CHANNEL }, messages: answersOf(row).map(inChannel) },
      },
    ]),
  ),
  events: {
    action: 'send',
    channel: { $ref: CHANNEL },
    summary: 'What happens to the objects of the session that the connection is bound to.',
    messages: names.filter((name) => name.startsWith('event.')).map(inChannel),
  },
});

const DESCRIPTION =
  'What a desktop and Cordboard say to each other: one JSON object a text frame. Made from the catalogue and the data classes of the agent protocol; do not edit. Prose: docs/websocket.md, tables: docs/protocol/README.md.';

/** The agent session protocol in the WebSocket profile as an AsyncAPI 3 document, seen from the server. */
export const asyncApi = (version: string): JsonObject => {
  const all = messages();
  const names = Object.keys(all);
  return {
    asyncapi: '3.0.0',
    info: { title: 'Cordboard agent session protocol', version, description: DESCRIPTION },
    defaultContentType: 'application/json',
    servers: {
      edge: {
        host: '{host}',
        protocol: 'wss',
        variables: { host: { default: 'localhost:8080', description: 'Where an edge listens.' } },
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
    },
    channels: {
      agent: {
        address: '/agent',
        servers: [{ $ref: '#/servers/edge' }],
        bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
      },
    },
    operations: operations(names),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'In browsers: Sec-WebSocket-Protocol: cordboard.v1, bearer.<token>.',
        },
      },
      messages: all,
      schemas: published($defs),
    },
  };
};
