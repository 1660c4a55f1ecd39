import { Ajv } from 'ajv';
import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';
import { hasData } from '../data/command-data.ts';
import { parseRequest } from '../parse-request.ts';
import { CATALOGUE, type WrittenCommand, type WrittenField, type WrittenServiceCommand } from '../written.ts';
import { wholeSchema } from './catalogue.ts';
import { classRules, dataSchema } from './data-schema.ts';

const S = '0198f2c4-7a10-7abc-8def-0123456789ab';
type Row = WrittenCommand | WrittenServiceCommand;
const ROWS: readonly Row[] = [...CATALOGUE.commands, ...CATALOGUE.serviceCommands];

const targetOf = (row: Row): string | undefined => {
  if (!('targets' in row)) return row.target === 'session' ? S : undefined;
  return row.targets[0]?.replace('S', S);
};

/** The message of the refusal, null where the request is taken. */
const refusal = (row: Row, data: Json): string | null => {
  const frame = { command: row.name, requestId: 'r', target: targetOf(row), data };
  const read = parseRequest(JSON.stringify(frame));
  return read.ok ? null : `${read.error.failure.code} ${read.error.failure.message}`;
};

const keysOf = (path: string): readonly string[] => path.replaceAll('[]', '.0').split('.');

/** The value with another one at the path; undefined takes the key out. */
const changed = (value: Json, keys: readonly string[], put: Json | undefined): Json => {
  const [key, ...rest] = keys;
  if (key === undefined) return put ?? null;
  if (Array.isArray(value)) return value.map((item: Json) => changed(item, rest, put));
  if (!isJsonObject(value)) return value;
  if (rest.length > 0) return { ...value, [key]: changed(value[key] ?? null, rest, put) };
  const { [key]: _old, ...others } = value;
  return put === undefined ? others : { ...others, [key]: put };
};

const at = (value: Json | undefined, keys: readonly string[]): Json | undefined =>
  keys.reduce<Json | undefined>(
    (inner, key) => (Array.isArray(inner) ? (inner as Json[])[Number(key)] : (inner as JsonObject)[key]),
    value,
  );

const VALUES: Readonly<Record<WrittenField['types'][number], Json>> = {
  string: 'x',
  number: 0.5,
  boolean: true,
  object: {},
  array: [1],
};

const FIELDS = ROWS.flatMap((row) =>
  row.data.map((field) => ({ row, field, of: row.name, path: field.path })),
);

describe('the fields of the written catalogue', () => {
  it.each(ROWS)('$name: those that its class has, and no others', (row) => {
    expect(hasData(row.name)).toBe(row.data.length > 0);
    const rules = [...classRules(row).keys()];
    expect(rules).toHaveLength(row.data.length);
    for (const { path, aliases = [] } of row.data) {
      expect([path, ...aliases].filter((spelling) => rules.includes(spelling))).toHaveLength(1);
    }
  });

  it.each(ROWS)('$name: its example has them all and is taken', (row) => {
    expect(refusal(row, row.example)).toBeNull();
    const many = /^p\d+$/;
    const shown = row.data.filter(({ path }) => !many.test(path));
    for (const { path } of shown) expect(at(row.example, keysOf(path))).toBeDefined();
    expect(
      new Ajv({ allowUnionTypes: true, strictTypes: false }).validate(dataSchema(row), row.example),
    ).toBe(true);
  });

  it.each(FIELDS)('$of data.$path may be absent or not, as it says', ({ row, field }) => {
    for (const put of [undefined, null]) {
      const said = refusal(row, changed(row.example, keysOf(field.path), put));
      if (field.required) expect(said).toMatch(/^INVALID_DATA data\./);
      else expect(said).toBeNull();
    }
  });

  it.each(FIELDS)('$of data.$path takes no other types', ({ row, field }) => {
    for (const [type, value] of Object.entries(VALUES)) {
      if (field.types.includes(type as keyof typeof VALUES)) continue;
      expect(refusal(row, changed(row.example, keysOf(field.path), value))).toMatch(/^INVALID_DATA data\./);
    }
  });

  it.each(FIELDS.filter(({ field }) => field.maxLength !== undefined))(
    '$of data.$path is bounded',
    ({ row, field, path }) => {
      const long = 'x'.repeat((field.maxLength ?? 0) + 1);
      expect(refusal(row, changed(row.example, keysOf(path), long))).toMatch(/^INVALID_DATA data\./);
    },
  );

  it.each(FIELDS.filter(({ field }) => field.aliases !== undefined))(
    '$of data.$path is taken by its other names',
    ({ row, field, path }) => {
      const [top = ''] = keysOf(path);
      for (const alias of field.aliases ?? []) {
        const [other = ''] = keysOf(alias);
        const { [top]: value, ...others } = row.example;
        const said = (put: Json | undefined): string | null => refusal(row, { ...others, [other]: put });
        expect(said(value)).toBeNull();
        expect(said('x')).toMatch(/^INVALID_DATA data\./);
      }
    },
  );
});

describe('the schemas of the written catalogue', () => {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
  const { commands, serviceCommands, events, profileMessages } = CATALOGUE;
  const schemas = [
    ...events.map(({ name, data }) => [name, data] as const),
    ...profileMessages.map(({ name, frame }) => [name, frame] as const),
    ...[...commands, ...serviceCommands].flatMap(({ name, answer }) =>
      answer ? [[name, answer] as const] : [],
    ),
    ...commands.flatMap(({ name, needinfo }) => (needinfo ? [[name, needinfo.uiExtension] as const] : [])),
  ];

  it.each(schemas)('of %s is sound and refuses what is no object', (_name, schema) => {
    const validate = ajv.compile(wholeSchema(schema));
    expect(validate([])).toBe(false);
    expect(validate({ other: 1 })).toBe(false);
  });

  const label = { language: 'en', country: 'US', name: 'Lunch', description: '' };
  const entry = { name: 'n', destinations: [{ label: 'l', value: 'v' }] };
  it.each<[string, JsonObject, boolean]>([
    ['session.initialized', {}, true],
    [
      'session.externalnotreadyreasons.updated',
      {
        reasonCodes: [
          { reasonCodeId: '1', reasonCodeCode: 'L', selectable: true, extensions: [], labels: [label] },
        ],
      },
      true,
    ],
    [
      'session.externallogoutreasons.updated',
      {
        logoutReasons: [
          { logoutReasonId: '1', logoutReasonCode: 'L', selectable: true, extensions: [], labels: [] },
        ],
      },
      false,
    ],
    [
      'session.incontact.addressbook.updated',
      {
        addressbooks: [
          {
            name: 'b',
            groups: [{ name: 'g', groups: [], entries: [{ ...entry, type: 'external', properties: {} }] }],
            entries: [
              { ...entry, type: 'agent', properties: { state: 'ready' } },
              { ...entry, type: 'skill', properties: { mediaType: 'chat', numAvailable: 1, ewt: '10' } },
            ],
          },
        ],
      },
      true,
    ],
    [
      'session.incontact.addressbook.updated',
      {
        addressbooks: [
          {
            name: 'b',
            groups: [],
            entries: [{ ...entry, type: 'agent', properties: { mediaType: 'chat' } }],
          },
        ],
      },
      false,
    ],
    ['channel.created', { channel: { id: 'c', name: '', type: 'CHAT', modelType: 'CHAT' } }, true],
    ['channel.created', { channel: { id: 'c', name: '', type: 'chat', modelType: 'CHAT' } }, false],
    [
      'channel.infochanged',
      {
        state: 'ACTIVE',
        agentStatus: { status: 'busy_ready', lastReasonCode: '', lastReasonName: '' },
        pending: { status: 'not_ready', reasonCode: '1', reasonName: 'Lunch' },
        afterCallWorkEndsAt: 1_763_000_000_000,
      },
      true,
    ],
    ['channel.infochanged', { state: 'ACTIVE', agentStatus: { status: 'away' } }, false],
    [
      'state.updated',
      {
        objectType: 'conversation',
        state: 'MUTE',
        previousState: 'TALKING',
        capabilities: { 'conversation.request.unmute': true },
      },
      true,
    ],
    [
      'state.updated',
      {
        objectType: 'channel',
        state: 'MUTE',
        previousState: null,
        capabilities: { 'channel.request.ready': true },
      },
      false,
    ],
    ['interaction.datachanged', { interactionData: { a: 'b', c: { d: 'e' } }, changed: ['a'] }, true],
    ['interaction.datachanged', { interactionData: { a: 1 } }, false],
    ['interaction.focuschanged', { conversation: null }, true],
    ['conversation.member.added', { member: { number: '', name: 'Example Caller' } }, true],
    ['conversation.transfer.failed', { reason: 'nobody there' }, true],
  ])('%s with %j: %s', (name, data, fits) => {
    const row = events.find((event) => event.name === name);
    expect(new Ajv({ strict: false }).validate(wholeSchema(row?.data ?? {}), data)).toBe(fits);
  });
});
