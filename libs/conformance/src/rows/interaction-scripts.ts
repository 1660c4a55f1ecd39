import { type Stage } from '../desk/stage.ts';
import { call, COMPLETED, GONE, media } from './calls.ts';
import { insist } from '../check/mismatch.ts';
import { type Places } from '../check/event-list.ts';
import { type CommandScript } from './row.ts';

const ACCEPTED = ['interaction.screenpop interaction', 'state.updated interaction STARTED'];
const REJECTED = ['interaction.ended interaction', 'state.updated interaction ENDED', ...COMPLETED];
const CHANGED = ['interaction.datachanged interaction'];

const holds =
  (key: string, value: unknown) =>
  async ({ desk }: Stage, { interaction = '' }: Places): Promise<void> => {
    const is = desk.thing(interaction).data[key];
    insist(JSON.stringify(is) === JSON.stringify(value), `${key} with ${JSON.stringify(value)}`, is);
  };

/** How the commands on an interaction are tried. */
export const INTERACTION_SCRIPTS: readonly CommandScript[] = [
  {
    command: 'interaction.request.accept',
    to: 'interaction',
    needsCaller: true,
    successes: [
      { why: 'a chat', given: media('offered', 'CHAT'), lists: [ACCEPTED] },
      { why: 'an e-mail', given: media('offered', 'EMAIL'), lists: [ACCEPTED] },
      { why: 'a callback', given: media('offered', 'CALLBACK'), lists: [ACCEPTED] },
      {
        why: 'a call',
        given: call('ringing'),
        lists: [ACCEPTED],
        also: ['state.updated conversation TALKING'],
      },
    ],
    refusals: [
      { why: 'a call that was answered', given: call('talking'), code: 'INVALID_STATE', breaks: 'alerting' },
      {
        why: 'a call that the agent made',
        given: call('dialled'),
        code: 'INVALID_STATE',
        breaks: 'alerting',
      },
      {
        why: 'a chat that was accepted',
        given: media('accepted', 'CHAT'),
        code: 'INVALID_STATE',
        breaks: 'alerting',
      },
      { why: 'a call that is over', given: call('ended'), code: 'INVALID_STATE', breaks: 'alerting' },
    ],
  },
  {
    command: 'interaction.request.reject',
    to: 'interaction',
    needsCaller: true,
    successes: [
      { why: 'a call', given: call('ringing'), lists: [[...GONE, ...REJECTED]] },
      { why: 'a chat', given: media('offered', 'CHAT'), lists: [REJECTED] },
    ],
    refusals: [
      { why: 'a call that was answered', given: call('talking'), code: 'INVALID_STATE', breaks: 'alerting' },
      {
        why: 'a chat that was accepted',
        given: media('accepted', 'CHAT'),
        code: 'INVALID_STATE',
        breaks: 'alerting',
      },
      { why: 'a call that is over', given: call('ended'), code: 'INVALID_STATE', breaks: 'alerting' },
    ],
  },
  {
    command: 'interaction.request.setinteractiondata',
    to: 'interaction',
    needsCaller: true,
    data: { key: 'account', value: 'AC-2' },
    successes: [
      { why: 'overwrites', given: call('talking'), lists: [CHANGED], then: holds('account', 'AC-2') },
      {
        why: 'adds',
        given: call('ringing'),
        data: { key: 'colour', value: 'blue' },
        lists: [CHANGED],
        then: holds('colour', 'blue'),
      },
      {
        why: 'an object of texts',
        given: media('accepted', 'CHAT'),
        data: { key: 'address', value: { street: '1 Example Road', town: 'Example' } },
        lists: [CHANGED],
        then: holds('address', { street: '1 Example Road', town: 'Example' }),
      },
      {
        why: 'a number is its text',
        given: call('ended'),
        data: { key: 'amount', value: 12.5 },
        lists: [CHANGED],
        then: holds('amount', '12.5'),
      },
      {
        why: 'a boolean is its text',
        given: call('talking'),
        data: { key: 'vip', value: true },
        lists: [CHANGED],
        then: holds('vip', 'true'),
      },
    ],
    refusals: [],
  },
  {
    command: 'interaction.request.setdisposition',
    to: 'interaction',
    needsCaller: true,
    data: { disposition: 'sold' },
    successes: [
      { why: 'during the call', given: call('talking'), lists: [] },
      { why: 'after the call', given: call('ended'), lists: [] },
      { why: 'a chat', given: media('accepted', 'CHAT'), lists: [] },
    ],
    refusals: [
      { why: 'a call that rings', given: call('ringing'), code: 'INVALID_STATE', breaks: 'accepted' },
      { why: 'a call that is dialled', given: call('dialled'), code: 'INVALID_STATE', breaks: 'accepted' },
    ],
  },
  {
    command: 'interaction.request.complete',
    to: 'interaction',
    needsCaller: true,
    successes: [
      { why: 'a call that is over', given: call('ended'), lists: [COMPLETED] },
      { why: 'a chat that was accepted', given: media('accepted', 'CHAT'), lists: [COMPLETED] },
      { why: 'an e-mail that was accepted', given: media('accepted', 'EMAIL'), lists: [COMPLETED] },
    ],
    refusals: [
      {
        why: 'a call that is up',
        given: call('talking'),
        code: 'CONVERSATIONS_ACTIVE',
        breaks: 'no-conversations',
      },
      {
        why: 'a chat that was not accepted',
        given: media('offered', 'CHAT'),
        code: 'INVALID_STATE',
        breaks: 'accepted',
      },
      {
        why: 'the queue requires a disposition',
        given: async (stage) => (await stage.started(), stage.ended({ QUEUE: '7001' })),
        code: 'INVALID_STATE',
        breaks: 'disposition-set',
      },
    ],
  },
];
