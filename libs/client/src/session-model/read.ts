import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';
import {
  type AddressBook,
  type AddressBookEntry,
  type Disposition,
  type Label,
  type LogoutReason,
  type NotReadyReason,
} from '../protocol/values.ts';

// A server may leave out any key of a payload: what is missing reads as empty.

export const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The objects of a list; what is none is left out. */
const objectsOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

const labelOf = ({ language, country, name, description }: JsonObject): Label => ({
  language: textOf(language),
  country: textOf(country),
  name: textOf(name),
  description: textOf(description),
});

const rest = ({ extensions, labels }: JsonObject) => ({
  extensions: Array.isArray(extensions) ? extensions : [],
  labels: objectsOf(labels).map(labelOf),
});

export const notReadyReasonsOf = (value: Json | undefined): readonly NotReadyReason[] =>
  objectsOf(value).map((reason) => ({
    reasonCodeId: textOf(reason['reasonCodeId']),
    reasonCodeCode: textOf(reason['reasonCodeCode']),
    selectable: reason['selectable'] !== false,
    ...rest(reason),
  }));

export const logoutReasonsOf = (value: Json | undefined): readonly LogoutReason[] =>
  objectsOf(value).map((reason) => ({
    logoutReasonId: textOf(reason['logoutReasonId']),
    logoutReasonCode: textOf(reason['logoutReasonCode']),
    ...rest(reason),
  }));

export const dispositionsOf = (value: Json | undefined): readonly Disposition[] =>
  objectsOf(value).map((disposition) => ({
    dispositionId: textOf(disposition['dispositionId']),
    dispositionCode: textOf(disposition['dispositionCode']),
    ...rest(disposition),
  }));

const entryOf = ({ name, type, destinations, properties }: JsonObject): AddressBookEntry => ({
  name: textOf(name),
  type: type === 'agent' || type === 'skill' ? type : 'external',
  destinations: objectsOf(destinations).map(({ label, value }) => ({
    label: textOf(label),
    value: textOf(value),
  })),
  properties: objectOf(properties),
});

/** Address books nest like the groups in them. */
export const addressBooksOf = (value: Json | undefined): readonly AddressBook[] =>
  objectsOf(value).map(({ name, groups, entries }) => ({
    name: textOf(name),
    groups: addressBooksOf(groups),
    entries: objectsOf(entries).map(entryOf),
  }));
