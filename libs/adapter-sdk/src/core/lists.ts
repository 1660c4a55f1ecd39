import { type JsonObject } from '@cordboard/kernel';
import {
  type AddressBook,
  type AddressBookEntry,
  type Choice,
  type DirectoryEntry,
  type Named,
  type NotReadyReason,
} from './handler-data.ts';

const entryBody = ({ name, type, destinations, properties = {} }: AddressBookEntry): JsonObject => ({
  name,
  type,
  destinations: destinations.map(({ label, value }) => ({ label, value })),
  properties,
});

const bookBody = ({ name, groups = [], entries = [] }: AddressBook): JsonObject => ({
  name,
  groups: groups.map(bookBody),
  entries: entries.map(entryBody),
});

export const addressBooksBody = (books: readonly AddressBook[]): JsonObject => ({
  addressbooks: books.map(bookBody),
});

export const directoryBody = (entries: readonly DirectoryEntry[]): JsonObject => ({
  entries: entries.map(({ name, destination, type }) => ({ name, destination, type })),
});

const choiceBody = ({ id, code, extensions, labels }: Choice): JsonObject => ({
  id,
  code,
  extensions,
  labels: labels.map(({ language, country, name, description }) => ({
    language,
    country,
    name,
    description,
  })),
});

export const notReadyReasonsBody = (reasons: readonly NotReadyReason[]): JsonObject => ({
  reasons: reasons.map((reason) => ({ ...choiceBody(reason), selectable: reason.selectable })),
});

export const logoutReasonsBody = (reasons: readonly Choice[]): JsonObject => ({
  reasons: reasons.map(choiceBody),
});

export const dispositionsBody = (dispositions: readonly Choice[]): JsonObject => ({
  dispositions: dispositions.map(choiceBody),
});

const named = ({ id, name }: Named): JsonObject => ({ id, name });

export const scriptsBody = (scripts: readonly Named[]): JsonObject => ({ scripts: scripts.map(named) });

export const skillsBody = (skills: readonly Named[]): JsonObject => ({ skills: skills.map(named) });
