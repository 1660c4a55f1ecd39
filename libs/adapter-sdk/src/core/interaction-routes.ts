import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';
import { type InteractionAddress } from './address.ts';
import { type DataValue } from './handler-data.ts';
import { type AdapterHandlers, type Answer } from './handlers.ts';
import { interactionBody, thenBody } from './readings.ts';
import { bare, optionalText, type Route, type Routes, text, worded } from './route.ts';

const plain = (
  pick: (handlers: AdapterHandlers) => ((at: InteractionAddress) => Answer) | undefined,
): Route => ({
  kind: 'interaction',
  run: (handlers, at) => bare(pick(handlers)?.(at as InteractionAddress)),
});

const textsOf = (body: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );

const dataValue = (value: Json | undefined): DataValue =>
  isJsonObject(value) ? textsOf(value) : typeof value === 'string' ? value : '';

const PARAMETER = /^p(?:[1-9]|1[0-9]|20)$/;

const parametersOf = (body: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(textsOf(body)).filter(([name]) => PARAMETER.test(name)));

/** Requests to an interaction. */
export const interactionRoutes: Routes = {
  'interaction.query.init': {
    kind: 'interaction',
    init: true,
    run: (handlers, at) => thenBody(handlers.readInteraction(at as InteractionAddress), interactionBody),
  },
  'interaction.query.data': {
    kind: 'interaction',
    run: (handlers, at, body) =>
      worded(handlers.readData?.(at as InteractionAddress, optionalText(body, 'key')), (data) => ({
        'interaction-data': data,
      })),
  },
  'interaction.request.accept': plain((handlers) => handlers.accept),
  'interaction.request.reject': plain((handlers) => handlers.reject),
  'interaction.request.complete': plain((handlers) => handlers.complete),
  'interaction.request.setinteractiondata': {
    kind: 'interaction',
    run: (handlers, at, body) =>
      bare(handlers.setData?.(at as InteractionAddress, text(body, 'key'), dataValue(body.value))),
  },
  'interaction.request.setdisposition': {
    kind: 'interaction',
    run: (handlers, at, body) =>
      bare(handlers.setDisposition?.(at as InteractionAddress, text(body, 'disposition'))),
  },
  'interaction.request.consult': {
    kind: 'interaction',
    run: (handlers, at, body) =>
      worded(handlers.consult?.(at as InteractionAddress, text(body, 'destination')), ({ nativeId }) => ({
        nativeid: nativeId,
      })),
  },
  'interaction.request.alternate': plain((handlers) => handlers.alternate),
  'interaction.request.consulttransfer': plain((handlers) => handlers.consultTransfer),
  'interaction.request.consultconference': plain((handlers) => handlers.consultConference),
  'interaction.request.signal': {
    kind: 'interaction',
    run: (handlers, at, body) => bare(handlers.signal?.(at as InteractionAddress, parametersOf(body))),
  },
};
