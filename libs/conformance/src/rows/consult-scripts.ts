import { NUMBERS } from '../desk/stage.ts';
import { call, CONSULTED, GONE, media } from './calls.ts';
import { type CommandScript, type Given } from './row.ts';

const scriptEnded: Given = async (stage) => {
  const places = await call('talking')(stage);
  const { interaction = '' } = places;
  await stage.desk.must('interaction.request.incontact.signal', interaction, { p1: 'end' });
  return places;
};

/** How the commands on a call's two legs, and on its script, are tried. */
export const CONSULT_SCRIPTS: readonly CommandScript[] = [
  {
    command: 'interaction.request.consult',
    to: 'interaction',
    needsCaller: true,
    data: { destination: NUMBERS.ringsOn },
    successes: [
      {
        why: 'a call that is up',
        given: call('talking'),
        lists: [CONSULTED],
      },
    ],
    refusals: [
      {
        why: 'a call that rings',
        given: call('ringing'),
        code: 'INVALID_STATE',
        breaks: 'interaction-started',
      },
      { why: 'a second leg exists', given: call('consulting'), code: 'INVALID_STATE', breaks: 'no-consult' },
      {
        why: 'a call that is over',
        given: call('ended'),
        code: 'INVALID_STATE',
        breaks: 'interaction-started',
      },
      { why: 'a chat', given: media('accepted', 'CHAT'), code: 'NOT_SUPPORTED', breaks: 'telephony' },
      {
        why: 'a number that the phone system refuses',
        given: call('talking'),
        data: { destination: NUMBERS.refused },
        code: 'CTI_ERROR',
      },
    ],
  },
  {
    command: 'interaction.request.alternate',
    to: 'interaction',
    needsCaller: true,
    successes: [
      {
        why: 'a connected second leg',
        given: call('consulted'),
        lists: [
          [
            'state.updated conversation TALKING',
            'state.updated consult HELD',
            'interaction.focuschanged interaction',
          ],
        ],
      },
    ],
    refusals: [
      { why: 'no second leg', given: call('talking'), code: 'NO_CONSULT', breaks: 'consult-connected' },
      {
        why: 'the second leg is not answered',
        given: call('consulting'),
        code: 'NO_CONSULT',
        breaks: 'consult-connected',
      },
      { why: 'a chat', given: media('accepted', 'CHAT'), code: 'NOT_SUPPORTED', breaks: 'telephony' },
    ],
  },
  {
    command: 'interaction.request.consulttransfer',
    to: 'interaction',
    needsCaller: true,
    successes: [
      {
        why: 'a connected second leg',
        given: call('consulted'),
        lists: [
          [
            ...GONE,
            'interaction.focuschanged interaction',
            'state.updated consult RELEASED',
            'conversation.disposed consult',
            'interaction.ended interaction',
            'state.updated interaction ENDED',
          ],
        ],
      },
    ],
    refusals: [
      { why: 'no second leg', given: call('talking'), code: 'NO_CONSULT', breaks: 'consult-connected' },
      {
        why: 'the second leg is not answered',
        given: call('consulting'),
        code: 'NO_CONSULT',
        breaks: 'consult-connected',
      },
      { why: 'a chat', given: media('accepted', 'CHAT'), code: 'NOT_SUPPORTED', breaks: 'telephony' },
    ],
  },
  {
    command: 'interaction.request.consultconference',
    to: 'interaction',
    needsCaller: true,
    successes: [
      {
        why: 'a connected second leg',
        given: call('consulted'),
        lists: [
          [
            'conversation.member.added conversation',
            'state.updated conversation TALKING',
            'interaction.focuschanged interaction',
            'state.updated consult RELEASED',
            'conversation.disposed consult',
            'state.updated interaction STARTED',
          ],
        ],
      },
    ],
    refusals: [
      { why: 'no second leg', given: call('talking'), code: 'NO_CONSULT', breaks: 'consult-connected' },
      {
        why: 'the second leg is not answered',
        given: call('consulting'),
        code: 'NO_CONSULT',
        breaks: 'consult-connected',
      },
      { why: 'a chat', given: media('accepted', 'CHAT'), code: 'NOT_SUPPORTED', breaks: 'telephony' },
    ],
  },
  {
    command: 'interaction.request.incontact.signal',
    to: 'interaction',
    needsCaller: true,
    data: { p1: 'first', p20: 'last' },
    successes: [
      { why: 'a call that is up', given: call('talking'), lists: [] },
      { why: 'without parameters', given: call('talking'), data: {}, lists: [] },
    ],
    refusals: [
      {
        why: 'a call that rings',
        given: call('ringing'),
        code: 'INVALID_STATE',
        breaks: 'interaction-started',
      },
      {
        why: 'a call that is over',
        given: call('ended'),
        code: 'INVALID_STATE',
        breaks: 'interaction-started',
      },
      { why: 'a script that was ended', given: scriptEnded, code: 'CTI_ERROR', breaks: 'script-active' },
    ],
  },
];
