import { readFileSync, statSync } from 'node:fs';
import { type House } from '@cordboard/engine';
import { err, isJsonObject, type Json, ok, type Result } from '@cordboard/kernel';
import { validateSync, type ValidationError } from 'class-validator';
import {
  CallModelDto,
  DirectoryEntryDto,
  DispositionDto,
  HouseDto,
  HouseFileDto,
  LabelDto,
  LogoutReasonDto,
  NotReadyReasonDto,
  QueueRuleDto,
} from './house-file.dto.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const EVERY_OTHER = '*';

/** Brings a value into the form that validation looks at; what has another form stays as it is and fails there. */
type Fill = (value: Json) => unknown;

const OWN = { enumerable: true, writable: true, configurable: true };
const same: Fill = (value) => value;

const listOf =
  (fill: Fill): Fill =>
  (value) =>
    Array.isArray(value) ? value.map((item: Json) => fill(item)) : value;

const byName =
  (fill: Fill): Fill =>
  (value) =>
    isJsonObject(value)
      ? new Map(Object.entries(value).map(([name, item]) => [name, fill(item ?? null)]))
      : value;

const as =
  (Dto: new () => object, inner: Readonly<Record<string, Fill>> = {}): Fill =>
  (value) => {
    if (!isJsonObject(value)) return value;
    // Validation would not see this one.
    if (Object.hasOwn(value, '__proto__')) return null;
    const dto = new Dto();
    for (const [key, item] of Object.entries(value)) {
      const fill = Object.hasOwn(inner, key) ? inner[key] : undefined;
      // As its own even where prototypes have something of that name, so that validation sees it.
      Object.defineProperty(dto, key, { ...OWN, value: (fill ?? same)(item ?? null) });
    }
    return dto;
  };

const labelled = { labels: listOf(as(LabelDto)) };

const fillFile = as(HouseFileDto, {
  tenants: byName(
    as(HouseDto, {
      directory: listOf(as(DirectoryEntryDto)),
      notReadyReasons: listOf(as(NotReadyReasonDto, labelled)),
      logoutReasons: listOf(as(LogoutReasonDto, labelled)),
      dispositions: listOf(as(DispositionDto, labelled)),
      queues: byName(as(QueueRuleDto)),
      models: byName(as(CallModelDto)),
    }),
  ),
});

const problemIn = ([error]: readonly ValidationError[], path = ''): string | null => {
  if (error === undefined) return null;
  const said = Object.values(error.constraints ?? {})[0];
  return said === undefined
    ? problemIn(error.children ?? [], `${path}${error.property}.`)
    : `${path}${error.property}: ${said}`;
};

const houseOf = ({ queues, models, ...lists }: HouseDto): House => ({
  ...lists,
  queues: Object.fromEntries(queues),
  models: Object.fromEntries(models),
});

/** What each tenant has configured. */
type Houses = (tenant: string) => House | undefined;

/** Reads the text of a house file. The error names the field that is wrong: `tenants.demo.queues.7000.wrapUpMs: ...`. */
export const parseHouses = (text: string): Result<Houses, string> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err(`it is not JSON: ${String(error)}`);
  }
  const file = isJsonObject(value) ? (fillFile(value) as HouseFileDto | null) : null;
  if (file === null) return err('it must hold an object: {"tenants": {"<tenant>": {}}}');
  const options = { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true };
  const problem = problemIn(validateSync(file, options));
  if (problem !== null) return err(problem);
  const houses = new Map([...file.tenants].map(([tenant, house]) => [tenant, houseOf(house)]));
  return ok((tenant) => houses.get(tenant) ?? houses.get(EVERY_OTHER));
};

/** Reads the file at that path; throws with words for whoever starts the app. Without a path nothing is configured. */
export const loadHouses = (path: string | undefined): Houses => {
  if (path === undefined) return () => undefined;
  const fail = (why: string): never => {
    throw new Error(`CORDBOARD_HOUSE_FILE is ${path}, but ${why}`);
  };
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) fail('it is larger than 4 MiB');
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    fail(`it cannot be read: ${String(error)}`);
  }
  const houses = parseHouses(text);
  return houses.ok ? houses.value : fail(houses.error);
};
