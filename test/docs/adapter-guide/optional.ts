import { checkBody, type CtiMessage } from '@cordboard/cti-protocol';
import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';

/** Cordboard bears that these are missing; an adapter gives them all the same, as the conformance kit insists. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'channel.query.init': ['agent-state', 'interactions'],
  'interaction.query.init': ['conversations'],
  'interaction.request.consult': ['nativeid'],
  'conversation.query.init': ['parties'],
};

type Rebuild = (value: Json) => JsonObject;

const without = (value: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));

const parts = (
  value: JsonObject,
  path: string,
  rebuild: Rebuild,
): readonly (readonly [string, JsonObject])[] =>
  Object.entries(value).flatMap(([key, part]) => {
    const own = [`${path}${key}`, rebuild(without(value, key))] as const;
    const put: Rebuild = (next) => rebuild({ ...value, [key]: next });
    const item: unknown = Array.isArray(part) ? part[0] : undefined;
    if (isJsonObject(part)) return [own, ...parts(part, `${path}${key}.`, put)];
    return isJsonObject(item) ? [own, ...parts(item, `${path}${key}.`, (next) => put([next]))] : [own];
  });

/** The properties of an example that may be left out, as paths; what the catalogue takes is asked of its rules. */
export const optionalIn = ({ header, body }: CtiMessage): readonly string[] => {
  const optional = parts(body, '', (value) => value as JsonObject)
    .filter(([, rest]) => checkBody({ header, body: rest }).ok)
    .map(([path]) => path)
    .filter((path) => EXPECTED[header.name]?.includes(path) !== true);
  return optional.filter((path) => !optional.some((above) => path.startsWith(`${above}.`)));
};
