import {
  capability,
  CAPABILITY_KEYS,
  type CapabilityKey,
  type CtiMessage,
  encodeFrame,
  type MessageName,
  MESSAGES,
} from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { EXAMPLES } from './examples.ts';
import { LIMITS } from './limits.ts';
import { optionalIn } from './optional.ts';
import { WORDS } from './words.ts';

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

const code = (text: string): string => `\`${text}\``;
const fenced = (language: string, text: string): string => ['```' + language, text, '```'].join('\n');

const PROMISES: Readonly<Record<CapabilityKey, string>> = {
  'channel-groups-supported': 'agents may add and remove groups of channels: `addGroup`',
  'standalone-channels-supported': 'channels outside groups: `addChannel`, `channels` of `readSession`',
  'chat-supported': 'chats',
  'email-supported': 'e-mails',
  'callback-supported': 'callbacks',
  'consult-supported': '`consult`, `alternate`, `consultTransfer`, `consultConference`',
  'blind-transfer-supported': '`transfer`',
  'blind-conference-supported': '`conference`',
  'mute-supported': '`mute`, `unmute`',
  'dtmf-supported': '`sendTones`',
  'remove-party-supported': '`removeParty`',
  'interaction-data-supported': '`setData`',
  'channel-activation-supported': '`activate`, `deactivate`',
  'logout-reason-required': 'an agent must give a reason to log out',
  'directory-supported': '`readDirectory`',
  'notreadyreasons-supported': '`readNotReadyReasons`',
  'logoutreasons-supported': '`readLogoutReasons`',
  'addressbook-supported': '`readAddressBook`, `stopAddressBook`, `report.addressBook`',
  'dispositions-supported': '`readDispositions`, `setDisposition`',
  'scripts-supported': '`readScripts`',
  'outboundskills-supported': '`readOutboundSkills`',
  'agentleg-supported': '`setAgentLeg`, `report.agentLeg`',
  'signal-supported': '`signal`',
  'dial-extensions-supported': '`dial` takes `extensions`',
  'queue-statistics-supported': '`report.queues`',
};

export const capabilities = (): string =>
  table(
    ['key', 'when true', 'absent means'],
    CAPABILITY_KEYS.map((key) => [code(key), PROMISES[key], String(capability({}, key))]),
  );

/** An example, and which of its properties may be left out. */
const written = (header: CtiMessage['header'], body: JsonObject | undefined): string => {
  if (body === undefined) return '';
  const optional = optionalIn({ header, body });
  return [
    code(JSON.stringify(body)),
    ...(optional.length === 0 ? [] : [`optional: ${optional.map(code).join(', ')}`]),
  ].join('; ');
};
const headerOf = (type: CtiMessage['header']['type'], name: string): CtiMessage['header'] => ({
  type,
  name,
  target: 'S',
});
const answered = (name: string): CtiMessage['header'] => ({
  ...headerOf('cti.response', name),
  result: 'SUCCESS',
});
const exampleOf = (name: MessageName) => EXAMPLES[name] ?? {};

const LEVELS = {
  control: '`<processor>.CONTROL`',
  session: 'a session, `S`',
  channelgroup: 'a channel group, `S.G`',
  channel: 'a channel, `S.G.C`; outside groups `S.C`',
  interaction: 'an interaction, `S.G.C.I`',
  conversation: 'a conversation, `S.G.C.I.V`',
} as const;

/** All messages level by level: questions with their answers, then events. */
export const messages = (): string =>
  Object.entries(LEVELS)
    .map(([level, title]) => {
      const rows = MESSAGES.filter((row) => row.level === level);
      const questions = rows.filter(({ kind }) => kind !== 'event');
      const events = rows.filter(({ kind }) => kind === 'event');
      return [
        `**At ${title}**`,
        table(
          ['query or request', 'what it asks', 'body', 'body of the answer'],
          questions.map(({ kind, name, does }) => {
            const { body, answer } = exampleOf(name);
            const asked = written(headerOf(`cti.${kind}`, name), body);
            return [code(name), does, asked, written(answered(name), answer)];
          }),
        ),
        table(
          ['event', 'what it says', 'body'],
          events.map(({ name, does }) => [
            code(name),
            does,
            written(headerOf('cti.event', name), exampleOf(name).body),
          ]),
        ),
      ].join('\n\n');
    })
    .join('\n\n');

const hexadecimal = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

const HELD = {
  header: { type: 'cti.event', name: 'conversation.held', target: 's1.g1.h1.i1.v1' },
  body: {},
};

/** A frame, byte by byte. */
export const frame = (): string => {
  const text = JSON.stringify(HELD);
  const bytes = encodeFrame(text);
  const shown = 12;
  return [
    `For example, this message has ${bytes.length - 4} bytes:`,
    fenced('json', text),
    `so its frame has ${bytes.length}, and begins with`,
    fenced('text', `${hexadecimal(bytes.subarray(0, 4))}   ${hexadecimal(bytes.subarray(4, 4 + shown))} ...`),
  ].join('\n\n');
};

const HELLO = {
  header: { type: 'cti.hello' },
  body: { processor: 'little', token: 'at-least-16-characters' },
};

export const hello = (): string => fenced('json', JSON.stringify(HELLO));

export const words = (): string =>
  table(
    ['property', 'words', 'meaning'],
    WORDS.map(([where, list, means]) => [where, list.map(code).join(', '), means]),
  );

export const limits = (): string =>
  table(
    ['what', 'how much', 'beyond it'],
    LIMITS.map(([what, value, unit, beyond]) => [what, `${value.toLocaleString('en')}${unit}`, beyond]),
  );
