import { MAX_DATA_KEYS, MAX_KEY_LENGTH, MAX_TEXT_LENGTH } from '../limits.ts';
import { type CallData } from '../model.ts';

const isKey = (key: string): boolean => key.length > 0 && key.length <= MAX_KEY_LENGTH;
const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= MAX_TEXT_LENGTH;

const isSmallRecord = (value: unknown, isValue: (item: unknown) => boolean): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= MAX_DATA_KEYS && entries.every(([key, item]) => isKey(key) && isValue(item));
};

/** Whether a value is attached data within the switch's limits: texts, or objects of texts, under short keys. */
export const isCallData = (value: unknown): value is CallData =>
  isSmallRecord(value, (item) => isText(item) || isSmallRecord(item, isText));
