import { type Json, type JsonObject } from '@cordboard/kernel';
import { objectOf, objectsOf, textOf, words } from './plain.ts';

const MAX_LINES = 200;

const indent = (depth: number, text: string): string => `${'  '.repeat(depth + 1)}${text}`;

const listed = (lines: readonly string[], nothing: string): string => {
  if (lines.length === 0) return `  ${nothing}`;
  const more = lines.length - MAX_LINES;
  return [...lines.slice(0, MAX_LINES), ...(more > 0 ? [`  ... and ${more} more`] : [])].join('\n');
};

/** The data of `session.request.getdirectory`. */
export const showDirectory = ({ entries }: JsonObject): string =>
  listed(
    objectsOf(entries).map(({ name, destination, type }) =>
      indent(0, words(textOf(destination).padEnd(16), textOf(name), textOf(type))),
    ),
    'the directory is empty',
  );

/** The data of `channel.request.incontact.getscripts`. */
export const showScripts = ({ scripts }: JsonObject): string =>
  listed(
    objectsOf(scripts).map(({ scriptId, scriptName }) =>
      indent(0, words(textOf(scriptId), textOf(scriptName))),
    ),
    'there are no scripts',
  );

const availability = (properties: JsonObject): string => {
  const { state, mediaType, numAvailable, numUnavailable, ewt } = properties;
  return words(
    textOf(state),
    textOf(mediaType),
    numAvailable === undefined ? '' : `${textOf(numAvailable)} available`,
    numUnavailable === undefined ? '' : `${textOf(numUnavailable)} not`,
    ewt === undefined ? '' : `waiting ${textOf(ewt)}`,
  );
};

const entryLine = (entry: JsonObject): string => {
  const { name, type, destinations, properties } = entry;
  const numbers = objectsOf(destinations).map(({ label, value }) => words(textOf(label), textOf(value)));
  return words(textOf(name), `(${textOf(type)})`, numbers.join(', '), availability(objectOf(properties)));
};

const bookLines = (books: Json | undefined, depth: number): readonly string[] =>
  objectsOf(books).flatMap(({ name, groups, entries }) => [
    indent(depth, textOf(name)),
    ...objectsOf(entries).map((entry) => indent(depth + 1, entryLine(entry))),
    ...bookLines(groups, depth + 1),
  ]);

/** The data of `session.request.incontact.addressbook`, groups within their books. */
export const showAddressBooks = ({ addressbooks }: JsonObject): string =>
  listed(bookLines(addressbooks, 0), 'there are no address books');

/** What has to be chosen before a call can go out. */
export const showQuestion = ({ skills }: JsonObject): string =>
  [
    'Nothing was dialled: dial again with one of these skills behind the number.',
    listed(
      objectsOf(skills).map(({ id, skillName }) => indent(0, words(textOf(id), textOf(skillName)))),
      'the server named none',
    ),
  ].join('\n');

/** A reason or disposition in a few words: its code and its English name, or the first there is. */
export const labelled = (code: Json | undefined, labels: Json | undefined): string => {
  const known = objectsOf(labels);
  const label = known.find(({ language }) => language === 'en') ?? known[0];
  return words(textOf(code), textOf(label?.['name']));
};
