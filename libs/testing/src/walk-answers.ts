import { type SwitchAnswer, type SwitchReading, type SwitchRequest } from '@cordboard/domain';

/** Draws of one step of a walk; what they mean depends on the state that the walk has reached. */
export interface Draw {
  readonly kind: number;
  readonly what: number;
  readonly where: number;
  readonly how: number;
}

export const pick = <Item>(items: readonly Item[], draw: number): Item => items[draw % items.length] as Item;

const native = (prefix: string, count: number): { nativeId: string }[] =>
  Array.from({ length: count % 3 }, (_, index) => ({ nativeId: `${prefix}${String(index)}` }));

const readingOf = ({ type }: SwitchRequest, { what, how }: Draw): SwitchReading => {
  switch (type) {
    case 'ReadSession':
      return {
        of: 'session',
        groups: native('g', how + 1),
        channels: native('s', how).map((one) => ({ ...one, channelType: pick(['TELEPHONY', 'FAX'], what) })),
      };
    case 'ReadChannelGroup':
      return {
        of: 'channelgroup',
        channels: native('c', how + 1).map((one) => ({
          ...one,
          channelType: pick(['TELEPHONY', 'CHAT'], what),
        })),
      };
    case 'ReadChannel':
      return {
        of: 'channel',
        state: pick(['ACTIVE', 'INACTIVE', 'UNAVAILABLE', 'ACTIVE'], what),
        agent: how % 2 === 0 ? null : { status: 'ready', lastReasonCode: '', lastReasonName: '' },
        interactions: native('i', how),
      };
    case 'ReadInteraction':
      return {
        of: 'interaction',
        state: pick(['ALERTING', 'DIALING', 'STARTED', 'ENDED', 'COMPLETED', 'ALERTING', 'STARTED'], what),
        data: how % 3 === 0 ? { ANI: '5550100', QUEUE: '7001' } : { ANI: '5550100' },
        primary: how % 4 === 0 ? null : 'v1',
        consult: how % 5 === 0 ? 'v2' : null,
      };
    case 'ReadConversation':
      return {
        of: 'conversation',
        state: pick(['RINGING', 'DIALING', 'TALKING', 'HELD', 'MUTE', 'RELEASED', 'RINGING'], what),
        members: [{ number: '5550100', name: 'Customer' }],
      };
    case 'Consult':
      return { of: 'consult', nativeId: how % 4 === 0 ? null : `v${String(how % 3)}` };
    case 'ReadDirectory':
      return { of: 'directory', entries: [{ name: 'Front desk', destination: '5550199', type: 'external' }] };
    case 'ReadNotReadyReasons':
      return { of: 'notreadyreasons', reasons: [] };
    case 'ReadLogoutReasons':
      return { of: 'logoutreasons', reasons: [] };
    case 'ReadAddressBook':
      return { of: 'addressbook', addressBooks: [{ name: 'All', groups: [], entries: [] }] };
    case 'ReadDispositions':
      return { of: 'dispositions', dispositions: [] };
    case 'ReadScripts':
      return { of: 'scripts', scripts: [{ scriptId: '1', scriptName: 'Greeting' }] };
    case 'ReadOutboundSkills':
      return { of: 'outboundskills', skills: how % 3 === 0 ? [{ id: '1', skillName: 'Sales' }] : [] };
    default:
      return { of: 'none' };
  }
};

/** What the switch answers to a request on a walk: mostly yes, with a reading that fits the request. */
export const walkAnswer = (request: SwitchRequest, draw: Draw): SwitchAnswer =>
  draw.where % 8 === 7
    ? { ok: false, cause: pick(['refused', 'unknown', 'malformed'], draw.how), message: 'no' }
    : { ok: true, reading: readingOf(request, draw) };
