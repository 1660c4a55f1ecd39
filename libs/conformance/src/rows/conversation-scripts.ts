import { NUMBERS } from '../desk/stage.ts';
import { ANSWERED, call, COMPLETED, GONE, OVER } from './calls.ts';
import { type CommandScript, type Given } from './row.ts';

const after =
  (command: 'hold' | 'mute', state: string): Given =>
  async (stage) => {
    await stage.started();
    return stage.talkingThen(`conversation.request.${command}`, state);
  };
const held = after('hold', 'HELD');
const muted = after('mute', 'MUTE');

const TRANSFERRED = [...GONE, 'interaction.focuschanged interaction', ...OVER.slice(GONE.length)];

const becomes = (state: string): readonly (readonly string[])[] => [[`state.updated conversation ${state}`]];

/** How the commands on a conversation are tried. */
export const CONVERSATION_SCRIPTS: readonly CommandScript[] = [
  {
    command: 'conversation.request.answer',
    to: 'conversation',
    needsCaller: true,
    successes: [
      {
        why: 'a call that rings',
        given: call('ringing'),
        lists: [ANSWERED],
      },
    ],
    refusals: [
      { why: 'answered already', given: call('talking'), code: 'INVALID_STATE', breaks: 'ringing' },
      { why: 'a call that the agent made', given: call('dialled'), code: 'INVALID_STATE', breaks: 'ringing' },
      { why: 'held', given: held, code: 'INVALID_STATE', breaks: 'ringing' },
    ],
  },
  {
    command: 'conversation.request.release',
    to: 'conversation',
    needsCaller: true,
    successes: [
      { why: 'a call that is up', given: call('talking'), lists: [OVER] },
      { why: 'a held call', given: held, lists: [OVER] },
      { why: 'a muted call', given: muted, lists: [OVER] },
      { why: 'a call that the agent makes', given: call('dialled'), lists: [OVER] },
      { why: 'a call that rings', given: call('ringing'), lists: [[...OVER, ...COMPLETED]] },
      {
        why: 'the second leg alone',
        given: call('consulting'),
        to: 'consult',
        lists: [
          [
            'state.updated consult RELEASED',
            'conversation.disposed consult',
            'state.updated interaction STARTED',
          ],
        ],
        also: ['interaction.focuschanged interaction', 'state.updated conversation TALKING'],
      },
      { why: 'a conference, which goes on without the agent', given: call('conference'), lists: [OVER] },
    ],
    refusals: [],
  },
  {
    command: 'conversation.request.hold',
    to: 'conversation',
    needsCaller: true,
    successes: [
      { why: 'a call that is up', given: call('talking'), lists: becomes('HELD') },
      { why: 'a muted call', given: muted, lists: becomes('HELD') },
      { why: 'held already: nothing happens', given: held, lists: [] },
    ],
    refusals: [
      {
        why: 'a call that rings',
        given: call('ringing'),
        code: 'INVALID_STATE',
        breaks: 'connected-or-held',
      },
      {
        why: 'a call that is dialled',
        given: call('dialled'),
        code: 'INVALID_STATE',
        breaks: 'connected-or-held',
      },
    ],
  },
  {
    command: 'conversation.request.retrieve',
    to: 'conversation',
    needsCaller: true,
    successes: [
      { why: 'a held call', given: held, lists: becomes('TALKING') },
      { why: 'talking already: nothing happens', given: call('talking'), lists: [] },
    ],
    refusals: [
      { why: 'a call that rings', given: call('ringing'), code: 'INVALID_STATE', breaks: 'held-or-talking' },
      { why: 'a muted call', given: muted, code: 'INVALID_STATE', breaks: 'held-or-talking' },
    ],
  },
  {
    command: 'conversation.request.mute',
    to: 'conversation',
    needsCaller: true,
    successes: [
      { why: 'a call that is up', given: call('talking'), lists: becomes('MUTE') },
      { why: 'muted already: nothing happens', given: muted, lists: [] },
    ],
    refusals: [
      { why: 'a call that rings', given: call('ringing'), code: 'INVALID_STATE', breaks: 'talking-or-muted' },
      { why: 'a held call', given: held, code: 'INVALID_STATE', breaks: 'talking-or-muted' },
    ],
  },
  {
    command: 'conversation.request.unmute',
    to: 'conversation',
    needsCaller: true,
    successes: [
      { why: 'a muted call', given: muted, lists: becomes('TALKING') },
      { why: 'talking already: nothing happens', given: call('talking'), lists: [] },
    ],
    refusals: [
      { why: 'a call that rings', given: call('ringing'), code: 'INVALID_STATE', breaks: 'talking-or-muted' },
      { why: 'a held call', given: held, code: 'INVALID_STATE', breaks: 'talking-or-muted' },
    ],
  },
  {
    command: 'conversation.request.senddtmf',
    to: 'conversation',
    needsCaller: true,
    data: { digits: '12*#' },
    successes: [
      { why: 'a call that is up', given: call('talking'), lists: [] },
      { why: 'a muted call', given: muted, lists: [] },
    ],
    refusals: [
      { why: 'a call that rings', given: call('ringing'), code: 'INVALID_STATE', breaks: 'talking-or-muted' },
      { why: 'a held call', given: held, code: 'INVALID_STATE', breaks: 'talking-or-muted' },
    ],
  },
  {
    command: 'conversation.request.blindtransfer',
    to: 'conversation',
    needsCaller: true,
    data: { destination: NUMBERS.answers },
    successes: [
      {
        why: 'a call that is up',
        given: call('talking'),
        lists: [TRANSFERRED],
      },
      {
        why: 'a held call',
        given: held,
        lists: [TRANSFERRED],
      },
    ],
    refusals: [
      {
        why: 'a call that rings',
        given: call('ringing'),
        code: 'INVALID_STATE',
        breaks: 'connected-or-held',
      },
      {
        why: 'a call that is dialled',
        given: call('dialled'),
        code: 'INVALID_STATE',
        breaks: 'connected-or-held',
      },
      {
        why: 'a number that the phone system refuses',
        given: call('talking'),
        data: { destination: NUMBERS.refused },
        code: 'CTI_ERROR',
      },
    ],
  },
  {
    command: 'conversation.request.blindconference',
    to: 'conversation',
    needsCaller: true,
    data: { destination: NUMBERS.answers },
    successes: [
      {
        why: 'a call that is up',
        given: call('talking'),
        lists: [['state.updated interaction STARTED', 'conversation.member.added conversation']],
      },
    ],
    refusals: [
      {
        why: 'a call that rings',
        given: call('ringing'),
        code: 'INVALID_STATE',
        breaks: 'connected-or-held',
      },
      {
        why: 'a call that is dialled',
        given: call('dialled'),
        code: 'INVALID_STATE',
        breaks: 'connected-or-held',
      },
      {
        why: 'a number that the phone system refuses',
        given: call('talking'),
        data: { destination: NUMBERS.refused },
        code: 'CTI_ERROR',
      },
    ],
  },
  {
    command: 'conversation.request.removeparty',
    to: 'conversation',
    needsCaller: true,
    data: { number: NUMBERS.answers },
    successes: [
      {
        why: 'from a conference',
        given: call('conference'),
        lists: [['conversation.member.removed conversation']],
        also: ['state.updated interaction STARTED', 'state.updated conversation TALKING'],
      },
    ],
    refusals: [
      {
        why: 'a call that rings',
        given: call('ringing'),
        code: 'INVALID_STATE',
        breaks: 'connected-or-held',
      },
      {
        why: 'somebody who is not in the call',
        given: call('talking'),
        code: 'CTI_ERROR',
        breaks: 'party-present',
      },
    ],
  },
];
