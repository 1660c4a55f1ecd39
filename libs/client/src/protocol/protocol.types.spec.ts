import { type CommandName, type EventName, type FailureResponse } from '@cordboard/agent-protocol';
import { type Commands, type METHODS } from '../commands.ts';
import { type AnswerOf, type DataOf, type NeedInfo, type ResponseOf } from './command-data.ts';
import { type EventData, type EventOf } from './event-data.ts';
import { type AddressBook, type AddressBookGroup, type NotReadyReason } from './values.ts';

// Checked by the compiler alone: a line that does not hold does not compile.

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Takes<Method extends (...given: never[]) => unknown, Given extends readonly unknown[]> =
  Given extends Parameters<Method> ? true : false;
type Holds<Checks extends readonly true[]> = Checks;

export type EveryRowHasItsType = Holds<
  [Equal<(typeof METHODS)[keyof typeof METHODS], CommandName>, Equal<keyof EventData, EventName>]
>;

export type DataIsChecked = Holds<
  [
    Takes<Commands['ready'], ['S.C']>,
    Takes<Commands['activate'], ['S.C']>,
    Takes<Commands['activate'], ['S.C', { channeloptions: { queue: '1' } }]>,
    Takes<Commands['signal'], ['S.C.I', { p1: 'a'; p20: 'b' }]>,
    Equal<Takes<Commands['signal'], ['S.C.I', { p1: 1 }]>, false>,
    Equal<Takes<Commands['notReady'], ['S.C']>, false>,
    Equal<Takes<Commands['notReady'], ['S.C', { reasondesc: 'Lunch' }]>, false>,
    Equal<Takes<Commands['dial'], ['S.C', { destination: 1 }]>, false>,
    Equal<DataOf<'interaction.request.setinteractiondata'>['key'], string>,
  ]
>;

export type AnswersAreKnown = Holds<
  [
    Equal<AnswerOf<'session.start'>, undefined>,
    Equal<AnswerOf<'channel.request.notready'>, DataOf<'channel.request.notready'>>,
    Equal<AnswerOf<'session.request.incontact.addressbook'>['addressbooks'], readonly AddressBook[]>,
    Equal<Extract<ResponseOf<'channel.request.dial'>, { result: 'needinfo' }>, NeedInfo>,
    Equal<Extract<ResponseOf<'channel.request.ready'>, { result: 'needinfo' }>, never>,
    Equal<Extract<ResponseOf<'channel.request.ready'>, { result: 'failure' }>, FailureResponse>,
  ]
>;

export type EventsAreKnown = Holds<
  [
    Equal<
      EventOf<'session.externalnotreadyreasons.updated'>['data']['reasonCodes'],
      readonly NotReadyReason[]
    >,
    Equal<EventOf<'interaction.focuschanged'>['data']['conversation'], { readonly id: string } | null>,
    Equal<AddressBook['groups'], readonly AddressBookGroup[]>,
    Equal<keyof EventOf<'session.unbound'>['data'], string>,
  ]
>;
